import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Entrance } from "#app/_components/entrance.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { context, requestTime } from "#app/_server/context.ts";
import type { PageInput } from "#app/_server/page-props.ts";
import { findLink } from "#lib/auth/one-time-links.ts";
import { LinkForm } from "./link-form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Link");
  return { title: t("title") };
}

/** Lets in whoever holds an invitation, and gives a new password to whoever holds a reset. */
export default async function LinkPage({ searchParams }: PageInput) {
  const t = await getTranslations("Link");
  const { token } = await searchParams;
  const link =
    typeof token === "string" ? await findLink(context().db, token, await requestTime()) : null;
  if (link === null || typeof token !== "string") {
    return (
      <Entrance title={t("title")}>
        <Notice tone="warn" title={t("unusable")}>
          {t("unusableHint")}
        </Notice>
      </Entrance>
    );
  }
  const { purpose, email } = link;
  return (
    <Entrance title={t(`titles.${purpose}`)} note={t(`notes.${purpose}`, { email })}>
      <LinkForm token={token} purpose={purpose} email={email} />
    </Entrance>
  );
}
