/**
 * Follows the state of one edition. A page that is looked at holds one open connection; one that is hidden asks now and
 * then, because a browser opens only six connections to a server and a handful of forgotten tabs would use them all.
 */

const ASK_AGAIN = 3000;
const RETRY = 2000;

/**
 * Calls `receive(state)` for each state of `edition` and `connected(boolean)` when the connection comes or goes.
 * `view` is {stem, pdf}: what is looked at, so that the server makes that first. Returns a function that ends it.
 */
export function follow(edition, view, receive, connected) {
  const query = new URLSearchParams(view.pdf ? { stem: view.stem, pdf: "1" } : { stem: view.stem });
  let source = null;
  let timer = 0;

  function listen() {
    source = new EventSource(`/gebeurtenissen/${edition}?${query}`);
    source.onopen = () => connected(true);
    source.onmessage = (event) => receive(JSON.parse(event.data));
    source.onerror = () => {
      connected(false);
      // The browser tries again by itself, except after an answer that was not a stream.
      if (source?.readyState === EventSource.CLOSED) timer = setTimeout(listen, RETRY);
    };
  }

  async function ask() {
    try {
      const answer = await fetch(`/stand/${edition}`);
      if (document.hidden && answer.ok) receive(await answer.json());
      connected(answer.ok);
    } catch {
      connected(false);
    }
  }

  function stop() {
    source?.close();
    source = null;
    clearTimeout(timer);
    clearInterval(timer);
  }

  function change() {
    stop();
    if (document.hidden) timer = setInterval(ask, ASK_AGAIN);
    else listen();
  }

  const ended = new AbortController();
  document.addEventListener("visibilitychange", change, ended);
  addEventListener("pagehide", stop, ended);
  addEventListener("pageshow", (event) => event.persisted && change(), ended);
  change();
  return () => {
    ended.abort();
    stop();
  };
}
