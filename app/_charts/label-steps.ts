/** The widths, in pixels, from which a chart is that much wider; the first is that of the narrowest phone. */
export const CHART_WIDTHS = [280, 420, 560, 760, 1000] as const;
/** What stands beside the bars. */
const BESIDE = 60;
const GAP = 28;

/**
 * Of how many bars one has its label below it, for each of CHART_WIDTHS: every
 * second one, or every third, since people count along the words. The server
 * draws before anybody knows how wide the chart is, so the style sheet chooses.
 */
export function labelSteps(labels: readonly string[]): number[] {
  const longest = Math.max(0, ...labels.map(widthOf));
  return CHART_WIDTHS.map((width) =>
    Math.max(1, Math.ceil(((longest + GAP) * labels.length) / (width - BESIDE))),
  );
}

/** About how wide a label is, in pixels: Chinese characters are square. */
function widthOf(label: string): number {
  let width = 0;
  for (const char of label) width += char > "\u2e80" ? 12 : 6.6;
  return width;
}
