import type { TeamName } from "#app/_server/teams.ts";
import type { Viewer } from "#lib/access/viewer.ts";

/** What every part of a team's page is told. */
export type PanelInput = {
  /** As the address has it; `_all` for the organisation. */
  readonly slug: string;
  readonly team: string | null;
  readonly mayChange: boolean;
  readonly viewer: Viewer;
  readonly teams: readonly TeamName[];
  /** The organisation's, in whose days the page speaks. */
  readonly timeZone: string;
};
