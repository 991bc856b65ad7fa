import type { EventPosition } from "#lib/reports/events.ts";

/** A place in the list of events as it stands in a URL. */
export function positionText({ startedAt, id }: EventPosition): string {
  return `${startedAt.toISOString()}_${id}`;
}

/** Undefined for anything that `positionText` did not write. */
export function readPosition(text: string | undefined): EventPosition | undefined {
  const match = /^(\d{4}-\d{2}-\d{2}T[\d:.]+Z)_([0-9a-f-]{36})$/.exec(text ?? "");
  const startedAt = new Date(match?.[1] ?? "");
  const id = match?.[2];
  if (id === undefined || !UUID.test(id) || Number.isNaN(startedAt.getTime())) return undefined;
  return { startedAt, id };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
