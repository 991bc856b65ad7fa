import type { z } from "zod";
import { AppError } from "#lib/errors.ts";

/** One thing that is wrong with a request: where, and what would be right. */
export type ParameterMistake = { readonly parameter: string; readonly detail: string };

/** A request with bad parameters; becomes a 400 that lists every mistake. */
export class ParameterError extends AppError {
  readonly mistakes: readonly ParameterMistake[];

  constructor(mistakes: readonly ParameterMistake[], options: ErrorOptions = {}) {
    const text = mistakes.map(({ parameter, detail }) => `${parameter}: ${detail}`).join("; ");
    super(text, { ...options, code: "invalid" });
    this.mistakes = mistakes;
  }
}

/** @param known Names to suggest when an unknown one is refused. */
export function parameterError(error: z.ZodError, known: readonly string[]): ParameterError {
  return new ParameterError(
    error.issues.flatMap((issue): ParameterMistake[] => {
      if (issue.code === "unrecognized_keys") {
        const at = issue.path.length === 0 ? "" : `${issue.path.join(".")}.`;
        const detail =
          at === "" && known.length > 0
            ? `unknown parameter; known are ${known.join(", ")}`
            : "unknown field";
        return issue.keys.map((key) => ({ parameter: `${at}${key}`, detail }));
      }
      return [{ parameter: issue.path.join(".") || "body", detail: issue.message }];
    }),
  );
}
