import type { Interaction } from "./page-interactions.ts";
import type { PageVisit } from "./page-visit.ts";
import { percentile } from "./percentile.ts";

export type PageFigures = PageVisit & {
  readonly path: string;
  /** Of the server's answer, to its last byte, in ms. */
  readonly p50: number;
  readonly p95: number;
  /** Processor time of web and database for one answer; null where the system does not tell it. */
  readonly cpuMs: number | null;
};

/** As tables for docs/benchmarks.md. */
export function pagesReport({
  events,
  pages,
  interactions,
  liveShift,
}: {
  readonly events: number;
  readonly pages: readonly PageFigures[];
  readonly interactions: readonly Interaction[];
  readonly liveShift: number;
}): string {
  const ms = (value: number) => value.toFixed(0);
  return [
    `pages in Chromium, ${events.toLocaleString("en")} events`,
    "| page | server, ms p50 / p95 | processor, ms | scripts, kB gzip | requests in a row | layout shift |",
    "|---|---|---|---|---|---|",
    ...pages.map(
      ({ path, p50, p95, cpuMs, scriptBytes, depth, shift }) =>
        `| \`${path}\` | ${ms(p50)} / ${ms(p95)} | ${cpuMs === null ? "" : ms(cpuMs)} | ${(scriptBytes / 1_000).toFixed(0)} | ${depth} | ${shift.toFixed(3)} |`,
    ),
    "",
    "| interaction | next paint, ms p50 / worst | new figures, ms p50 / worst |",
    "|---|---|---|",
    ...interactions.map(
      ({ name, paintMs, figuresMs }) =>
        `| ${name} | ${ms(percentile(paintMs, 0.5))} / ${ms(percentile(paintMs, 1))} | ${ms(percentile(figuresMs, 0.5))} / ${ms(percentile(figuresMs, 1))} |`,
    ),
    "",
    `layout shift when the figures of the overview move: ${liveShift.toFixed(4)}`,
    "",
  ].join("\n");
}
