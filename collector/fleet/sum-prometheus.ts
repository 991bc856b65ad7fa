type Family = { readonly about: Set<string>; readonly samples: Map<string, number> };

/**
 * Adds up the same metrics of several processes: counters and gauges by name
 * and labels, in the order in which they first appear, each under its help.
 * https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
 */
export function sumPrometheus(texts: readonly string[]): string {
  const families = new Map<string, Family>();
  for (const line of texts.flatMap((text) => text.split("\n"))) {
    if (line !== "") addLine(families, line);
  }
  const lines = [...families.values()].flatMap(({ about, samples }) => [
    ...about,
    ...[...samples].map(([sample, value]) => `${sample} ${value}`),
  ]);
  return `${lines.join("\n")}\n`;
}

function addLine(families: Map<string, Family>, line: string): void {
  const comment = /^# (?:HELP|TYPE) (\S+)/.exec(line)?.[1];
  const name = comment ?? /^[^{\s]+/.exec(line)?.[0] ?? line;
  const family = families.get(name) ?? { about: new Set(), samples: new Map() };
  families.set(name, family);
  if (comment !== undefined) {
    family.about.add(line);
    return;
  }
  const at = line.lastIndexOf(" ");
  const sample = line.slice(0, at);
  family.samples.set(sample, (family.samples.get(sample) ?? 0) + Number(line.slice(at + 1)));
}
