/** A walk past the items of a list that may change on the way; after the last comes the first. */
export class Round {
  #at = -1;

  /** `items()` gives the list as it is now, `show(item, which)` goes there; `which` is "2 van 5". */
  constructor(items, show) {
    this.items = items;
    this.show = show;
  }

  next() {
    this.go(this.#at + 1);
  }

  previous() {
    this.go(this.#at < 0 ? -1 : this.#at - 1);
  }

  go(index) {
    const items = this.items();
    if (!items.length) return;
    this.#at = (index + items.length) % items.length;
    this.show(items[this.#at], `${this.#at + 1} van ${items.length}`);
  }
}
