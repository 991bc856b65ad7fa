import type { Metadata } from "next";
import { headers } from "next/headers";
import { getLocale, getTranslations } from "next-intl/server";
import { Button } from "#app/_components/button.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { formatMoment } from "#app/_format/format-time.ts";
import { context } from "#app/_server/context.ts";
import { currentOrganization } from "#app/_server/organization.ts";
import { requireSignedIn } from "#app/_server/viewer.ts";
import { endOtherSessionsAction } from "./actions.ts";
import { PasswordForm } from "./password-form.tsx";
import { SecondFactor } from "./second-factor.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("OwnAccount");
  return { title: t("title") };
}

/** One's own way of signing in. */
export default async function AccountPage() {
  const viewer = await requireSignedIn();
  const { auth } = context();
  const requestHeaders = await headers();
  const [t, session, sessions] = await Promise.all([
    getTranslations("OwnAccount"),
    auth.api.getSession({ headers: requestHeaders, query: { disableRefresh: true } }),
    auth.api.listSessions({ headers: requestHeaders }),
  ]);
  return (
    <>
      <PageHeader title={t("title")} note={session?.user.email ?? viewer.label} />
      {viewer.mustEnroll === true && <Notice tone="warn" title={t("mustEnroll")} />}
      <SecondFactor isOn={session?.user.twoFactorEnabled === true} />
      <PasswordForm />
      <SessionList
        own={session?.session.id ?? ""}
        sessions={sessions.toSorted((a, b) => b.updatedAt.getTime() - a.updatedAt.getTime())}
      />
    </>
  );
}

type Session = {
  readonly id: string;
  readonly createdAt: Date;
  readonly ipAddress?: string | null | undefined;
  readonly userAgent?: string | null | undefined;
};

async function SessionList({
  own,
  sessions,
}: {
  readonly own: string;
  readonly sessions: readonly Session[];
}) {
  const [t, locale, { timeZone }] = await Promise.all([
    getTranslations("OwnAccount"),
    getLocale(),
    currentOrganization(),
  ]);
  return (
    <Panel
      title={t("sessions")}
      actions={
        sessions.length > 1 && (
          <form action={endOtherSessionsAction}>
            <Button type="submit" variant="ghost">
              {t("endOthers")}
            </Button>
          </form>
        )
      }
    >
      <ul className="divide-y divide-line">
        {sessions.map(({ id, createdAt, ipAddress, userAgent }) => (
          <li key={id} className="flex flex-wrap gap-x-4 gap-y-0.5 px-4 py-2">
            <span className="figures">{formatMoment(createdAt, locale, timeZone)}</span>
            <span className="text-muted">{ipAddress}</span>
            <span className="min-w-0 truncate text-faint">{userAgent}</span>
            {id === own && <span className="font-medium">{t("thisSession")}</span>}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
