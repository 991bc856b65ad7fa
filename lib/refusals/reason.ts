import { EN } from "./en.ts";

export type ReasonCode = keyof typeof EN;

/** Why something is refused: a sentence by its code, and what stands in it. */
export type Reason = {
  readonly code: ReasonCode;
  readonly values: Readonly<Record<string, string | number>>;
  /** The field of the input that it is about, as the API names it. */
  readonly field?: string;
};

type ValuesOf<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ValuesOf<Rest>
  : never;
type Given<Code extends ReasonCode> = Readonly<
  Record<ValuesOf<(typeof EN)[Code]>, string | number>
>;

/** A reason with all that its sentence names. */
export function because<Code extends ReasonCode>(
  code: Code,
  ...[values]: ValuesOf<(typeof EN)[Code]> extends never ? [] : [Given<Code>]
): Reason {
  return { code, values: values ?? {} };
}

/** As the API, the command line and the log say it, with the field's name in front. */
export function inEnglish({ code, values, field }: Reason): string {
  const words = filledIn(EN[code], values);
  return field === undefined || field === "" ? words : `${field} ${words}`;
}

/** A sentence with its values in their places. */
export function filledIn(text: string, values: Reason["values"]): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
