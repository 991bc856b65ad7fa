import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { buttonClass } from "#app/_components/button.tsx";
import { Entrance } from "#app/_components/entrance.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { context } from "#app/_server/context.ts";
import { firstOf, type PageInput } from "#app/_server/page-props.ts";
import { currentViewer } from "#app/_server/viewer.ts";
import { readProvider } from "#lib/auth/sso/provider.ts";
import { localPath } from "./local-path.ts";
import { SignInForm } from "./sign-in-form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("SignIn");
  return { title: t("title") };
}

export default async function SignInPage({ searchParams }: PageInput) {
  const params = await searchParams;
  const next = localPath(params.next);
  if ((await currentViewer()) !== null) redirect(next);
  const [t, provider] = await Promise.all([getTranslations("SignIn"), readProvider(context().db)]);
  const failure = { denied: "ssoDenied", failed: "ssoFailed" }[firstOf(params.sso) ?? ""];
  return (
    <Entrance title={t("title")} note={t("note")}>
      {failure !== undefined && <Notice tone="danger" title={t(`failures.${failure}`)} />}
      {firstOf(params.done) === "password" && <Notice title={t("passwordDone")} />}
      {provider?.isEnabled === true && (
        <>
          <a
            href={`/api/auth/sso/start?next=${encodeURIComponent(next)}`}
            className={buttonClass()}
          >
            {t("sso", { name: provider.name })}
          </a>
          <p className="text-center text-faint text-xs">{t("or")}</p>
        </>
      )}
      <SignInForm next={next} />
    </Entrance>
  );
}
