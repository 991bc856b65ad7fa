/** What a line may carry besides its message. Undefined fields are left out. */
export type LogFields = Readonly<
  Record<string, string | number | bigint | boolean | null | undefined | Error>
>;

/** One process part's way to the log. */
export type Log = { readonly [L in LogLevel]: (message: string, fields?: LogFields) => void };

export type LogLevel = "info" | "warn" | "error";

/**
 * One line an event: `TIME LEVEL PART MESSAGE key=value…`, to standard error,
 * so that what a command prints stays free of it.
 *
 * Values that hold more than plain characters are quoted as JSON, so text from
 * outside can neither break a line nor forge one. Errors print their message,
 * stack and causes, never the fields that a driver hangs on them (a row's
 * values, for instance).
 */
export function createLog(
  part: string,
  write: (line: string) => void = (line) => process.stderr.write(line),
  now: () => Date = () => new Date(),
): Log {
  const at =
    (level: LogLevel) =>
    (message: string, fields: LogFields = {}) =>
      write(`${now().toISOString()} ${level} ${part} ${oneLine(message)}${formatFields(fields)}\n`);
  return { info: at("info"), warn: at("warn"), error: at("error") };
}

function formatFields(fields: LogFields): string {
  return Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}=${formatValue(value instanceof Error ? trace(value) : value)}`)
    .join("");
}

function formatValue(value: LogFields[string]): string {
  const text = String(value);
  return /^[\w.:/@+,%-]+$/.test(text) ? text : JSON.stringify(text);
}

function oneLine(message: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what has to go.
  return message.replaceAll(/[\u0000-\u001f\u007f\u2028\u2029]+/g, " ");
}

function trace(error: Error): string {
  const own = error.stack ?? `${error.name}: ${error.message}`;
  return error.cause instanceof Error ? `${own}\nCaused by: ${trace(error.cause)}` : own;
}
