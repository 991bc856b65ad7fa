import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { ConfirmFirst } from "#app/_components/confirm-first.tsx";
import { Facts } from "#app/_components/facts.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { context } from "#app/_server/context.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { readPersonFloor } from "#lib/access/person-floor.ts";
import { readSecondFactorRule } from "#lib/auth/second-factor-rule.ts";
import { readProvider } from "#lib/auth/sso/provider.ts";
import { FloorForm } from "./floor-form.tsx";
import { ProviderForm } from "./provider-form.tsx";
import { SecondFactorForm } from "./second-factor-form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("SignInSettings");
  return { title: t("title") };
}

/** How people come in, and where figures of persons stop. */
export default async function SignInSettingsPage() {
  const viewer = await requireViewer();
  const t = await getTranslations("SignInSettings");
  if (viewer.role !== "admin" || viewer.teams !== "all") {
    return (
      <>
        <PageHeader title={t("title")} />
        <Notice title={t("adminsOnly")} />
      </>
    );
  }
  const { db, sql, config } = context();
  const [provider, floor, rule] = await Promise.all([
    readProvider(db),
    readPersonFloor(sql),
    readSecondFactorRule(db),
  ]);
  const code = (text: string) => <code className="break-all font-mono text-xs">{text}</code>;
  return (
    <>
      <PageHeader title={t("title")} note={t("note")} />
      <ConfirmFirst viewer={viewer} path="/settings/sign-in" />
      <Panel title={t("factor")} note={t("factorNote")}>
        <SecondFactorForm rule={rule} />
      </Panel>
      <Panel title={t("sso")} note={t("ssoNote")}>
        <Facts facts={[[t("callback"), code(`${config.publicUrl}/api/auth/sso/callback`)]]} />
        <ProviderForm provider={provider} />
      </Panel>
      <Panel title={t("scim")} note={t("scimNote")}>
        <Facts facts={[[t("scimUrl"), code(`${config.publicUrl}/api/scim/v2`)]]} />
        <p className="px-4 pb-4 text-muted">
          {t.rich("scimHint", {
            keys: (words) => (
              <Link href="/settings/keys" className="text-accent underline underline-offset-2">
                {words}
              </Link>
            ),
          })}
        </p>
      </Panel>
      <Panel title={t("persons")} note={t("personsNote")}>
        <FloorForm floor={floor} />
      </Panel>
    </>
  );
}
