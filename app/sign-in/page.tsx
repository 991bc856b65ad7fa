import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Entrance } from "#app/_components/entrance.tsx";
import type { PageInput } from "#app/_server/page-props.ts";
import { currentViewer } from "#app/_server/viewer.ts";
import { localPath } from "./local-path.ts";
import { SignInForm } from "./sign-in-form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("SignIn");
  return { title: t("title") };
}

export default async function SignInPage({ searchParams }: PageInput) {
  const next = localPath((await searchParams).next);
  if ((await currentViewer()) !== null) redirect(next);
  const t = await getTranslations("SignIn");
  return (
    <Entrance title={t("title")} note={t("note")}>
      <SignInForm next={next} />
    </Entrance>
  );
}
