import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { buttonClass } from "#app/_components/button.tsx";
import { Entrance } from "#app/_components/entrance.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { context } from "#app/_server/context.ts";
import type { PageInput } from "#app/_server/page-props.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { hasPassword } from "#lib/auth/confirm-session.ts";
import { readProvider } from "#lib/auth/sso/provider.ts";
import { localPath } from "../sign-in/local-path.ts";
import { ConfirmForm } from "./confirm-form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Confirm");
  return { title: t("title") };
}

/** Where people prove again who they are before they give out rights or secrets. */
export default async function ConfirmPage({ searchParams }: PageInput) {
  const viewer = await requireViewer();
  const next = localPath((await searchParams).next);
  if (viewer.isFresh === true) redirect(next);
  const { db } = context();
  const [t, provider, byPassword] = await Promise.all([
    getTranslations("Confirm"),
    readProvider(db),
    hasPassword(db, viewer.id),
  ]);
  const bySso = provider?.isEnabled === true;
  return (
    <Entrance title={t("title")} note={t("note", { name: viewer.label })}>
      {byPassword && <ConfirmForm next={next} />}
      {bySso && (
        <a
          href={`/api/auth/sso/start?again=1&next=${encodeURIComponent(next)}`}
          className={buttonClass()}
        >
          {t("sso", { name: provider.name })}
        </a>
      )}
      {!byPassword && !bySso && <Notice title={t("noWay")} />}
      <a href={next} className="text-center text-muted underline underline-offset-2">
        {t("back")}
      </a>
    </Entrance>
  );
}
