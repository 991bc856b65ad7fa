type Tally = { count: number; seconds: number };

/** Routes are bundled apart, so what they share lives on the process. */
const holder = globalThis as typeof globalThis & { outlayRequests?: Map<string, Tally> };

/** Counts one answered request. `route` is one of our own names, never a path from outside. */
export function recordRequest(route: string, method: string, status: number, ms: number): void {
  holder.outlayRequests ??= new Map();
  const key = `route="${route}",method="${method}",status="${status}"`;
  const tally = holder.outlayRequests.get(key) ?? { count: 0, seconds: 0 };
  tally.count += 1;
  tally.seconds += ms / 1000;
  holder.outlayRequests.set(key, tally);
}

/** The counters in Prometheus text format 0.0.4. */
export function requestMetricsText(): string {
  const tallies = [...(holder.outlayRequests ?? [])];
  return [
    "# HELP outlay_http_requests_total Answered API requests.",
    "# TYPE outlay_http_requests_total counter",
    ...tallies.map(([labels, { count }]) => `outlay_http_requests_total{${labels}} ${count}`),
    "# HELP outlay_http_request_seconds_total Time until the answer began.",
    "# TYPE outlay_http_request_seconds_total counter",
    ...tallies.map(
      ([labels, { seconds }]) =>
        `outlay_http_request_seconds_total{${labels}} ${seconds.toFixed(6)}`,
    ),
    "",
  ].join("\n");
}
