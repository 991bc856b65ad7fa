import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Entrance } from "#app/_components/entrance.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { requestTime } from "#app/_server/context.ts";
import { mailer } from "#app/_server/mail.ts";
import { ForgotForm } from "./forgot-form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Forgot");
  return { title: t("title") };
}

/** The way back in for whoever has forgotten the password. */
export default async function ForgotPage() {
  // Whether mail is set up is known when the page is asked for, not when it is built.
  await requestTime();
  const t = await getTranslations("Forgot");
  return (
    <Entrance title={t("title")}>
      {mailer() === null ? <Notice title={t("askAdmin")} /> : <ForgotForm />}
    </Entrance>
  );
}
