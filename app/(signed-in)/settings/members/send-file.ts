type Person = {
  readonly email: string;
  readonly memberships: readonly {
    readonly team: string;
    readonly from: string;
    readonly to: string | null;
  }[];
};

/** What an import did or would do, as the API says it. */
export type Findings = {
  readonly applied: boolean;
  readonly new_teams: readonly string[];
  readonly added: readonly Person[];
  readonly changed: readonly { readonly before: Person; readonly after: Person }[];
  readonly unchanged: number;
  readonly mistakes: readonly { readonly line: number; readonly detail: string }[];
};

/**
 * Sends an HR export to the API.
 *
 * @throws {Error} with the API's own words when it refuses the request.
 */
export async function sendFile(
  file: File,
  options: { readonly isRehearsal: boolean; readonly makesTeams: boolean },
): Promise<Findings> {
  const query = new URLSearchParams({
    dry_run: String(options.isRehearsal),
    create_teams: String(options.makesTeams),
  });
  const response = await fetch(`/api/v1/people/import?${query}`, {
    method: "POST",
    headers: { "content-type": "text/csv" },
    body: file,
  });
  const body: unknown = await response.json();
  if (response.ok) return body as Findings;
  throw new Error((body as { readonly detail?: string }).detail ?? response.statusText);
}
