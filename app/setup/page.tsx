import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Entrance } from "#app/_components/entrance.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { context, requestTime } from "#app/_server/context.ts";
import type { PageInput } from "#app/_server/page-props.ts";
import { isSetupTokenUsable } from "#lib/access/setup-token.ts";
import { SetupForm } from "./setup-form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Setup");
  return { title: t("title") };
}

/** Makes the first admin for whoever holds the token that the first start printed. */
export default async function SetupPage({ searchParams }: PageInput) {
  const t = await getTranslations("Setup");
  const { token } = await searchParams;
  const usable =
    typeof token === "string" &&
    (await isSetupTokenUsable(context().db, token, await requestTime()));
  return (
    <Entrance title={t("title")} note={usable ? t("note") : undefined}>
      {usable ? (
        <SetupForm token={token} />
      ) : (
        <Notice tone="warn" title={t("unusable")}>
          {t("unusableHint")}
        </Notice>
      )}
    </Entrance>
  );
}
