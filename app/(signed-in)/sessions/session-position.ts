import type { SessionPosition } from "#lib/reports/sessions.ts";

/** A place in the list of sessions as it stands in a URL. */
export function sessionPositionText({ lastAt, session }: SessionPosition): string {
  return `${lastAt.toISOString()}_${session}`;
}

/** Undefined for anything that `sessionPositionText` did not write. */
export function readSessionPosition(text: string | undefined): SessionPosition | undefined {
  const match = /^(\d{4}-\d{2}-\d{2}T[\d:.]+Z)_(.+)$/s.exec(text ?? "");
  const lastAt = new Date(match?.[1] ?? "");
  const session = match?.[2];
  if (session === undefined || Number.isNaN(lastAt.getTime())) return undefined;
  // Postgres keeps no NUL in text.
  return session.includes("\u0000") ? undefined : { lastAt, session };
}
