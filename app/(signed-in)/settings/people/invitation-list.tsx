import { getLocale, getTranslations } from "next-intl/server";
import { Button } from "#app/_components/button.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { formatMoment } from "#app/_format/format-time.ts";
import { currentOrganization } from "#app/_server/organization.ts";
import type { Invitation } from "#lib/auth/one-time-links.ts";
import { withdrawInvitationAction } from "./invite-actions.ts";

/** Whom nobody has seen yet, with the way to take the invitation back. */
export async function InvitationList({
  invitations,
}: {
  readonly invitations: readonly Invitation[];
}) {
  const [t, roles, locale, { timeZone }] = await Promise.all([
    getTranslations("People"),
    getTranslations("Account.roles"),
    getLocale(),
    currentOrganization(),
  ]);
  if (invitations.length === 0) return null;
  return (
    <Panel title={t("invitations")}>
      <ul className="divide-y divide-line">
        {invitations.map(({ id, email, role, teams, expiresAt }) => (
          <li key={id} className="flex min-h-11 flex-wrap items-center gap-x-3 px-4 py-1">
            <span className="font-medium">{email}</span>
            <span>{roles(role)}</span>
            <span className="text-muted">{teams.join(", ")}</span>
            <span className="text-faint text-xs">
              {t("expires", { at: formatMoment(expiresAt, locale, timeZone) })}
            </span>
            <form action={withdrawInvitationAction.bind(null, id)} className="ml-auto">
              <Button type="submit" variant="ghost" aria-label={`${t("withdraw")} ${email}`}>
                {t("withdraw")}
              </Button>
            </form>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
