/** What a form is told after it was sent: its words kept, what is wrong with which field, or that it is done. */
export type FormState = {
  readonly values?: Readonly<Record<string, string>>;
  readonly errors?: Readonly<Record<string, string | undefined>>;
  readonly message?: string;
  /** What was done, in words. */
  readonly done?: string;
};

/** The texts of a form; files are left out. */
export function formValues(form: FormData): Record<string, string> {
  return Object.fromEntries(
    [...form].filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

/** The names of the fields that a zod error is about, each once. */
export function wrongFields(
  issues: readonly { readonly path: readonly PropertyKey[] }[],
): string[] {
  return [...new Set(issues.map(({ path }) => String(path[0])))];
}
