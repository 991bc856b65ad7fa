/**
 * What a form asks by an address. A field left empty says nothing, while an
 * empty filter asks for what is unknown.
 */
export function askedPairs(form: FormData): [string, string][] {
  return [...form].filter(
    (pair): pair is [string, string] =>
      typeof pair[1] === "string" && (pair[1] !== "" || pair[0].startsWith("filter.")),
  );
}
