"""What a change did: a report as sentences and cells, compared with an earlier one."""
