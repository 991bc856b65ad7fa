"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "#app/_components/button.tsx";
import { TextField } from "#app/_components/field.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { postCode, postPassword, type SignInFailure } from "./post-auth.ts";

/** Asks for e-mail and password, then for the second factor of whoever has one. */
export function SignInForm({ next }: { readonly next: string }) {
  const t = useTranslations("SignIn");
  const [step, setStep] = useState<"password" | "code">("password");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<SignInFailure | null>(null);

  async function send(form: FormData) {
    setBusy(true);
    setFailure(null);
    const text = (name: string) => String(form.get(name));
    const answer =
      step === "password"
        ? await postPassword(text("email"), text("password"))
        : await postCode(text("code"));
    if (answer === "ok") {
      // A full load: nothing rendered for the stranger stays.
      window.location.assign(next);
      return;
    }
    if (answer === "needsCode") setStep("code");
    else setFailure(answer);
    setBusy(false);
  }

  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void send(new FormData(event.currentTarget));
      }}
    >
      {failure !== null && <Notice tone="danger" title={t(`failures.${failure}`)} />}
      {step === "password" ? <PasswordFields /> : <CodeField />}
      <Button type="submit" variant="primary" disabled={busy}>
        {busy ? t("busy") : t(step === "password" ? "submit" : "checkCode")}
      </Button>
      {step === "password" && (
        <Link
          href="/forgot"
          prefetch={false}
          className="self-center text-muted text-xs hover:underline"
        >
          {t("forgot")}
        </Link>
      )}
    </form>
  );
}

function PasswordFields() {
  const t = useTranslations("SignIn");
  return (
    <>
      <TextField
        label={t("email")}
        name="email"
        type="email"
        autoComplete="username"
        required
        autoFocus
      />
      <TextField
        label={t("password")}
        name="password"
        type="password"
        autoComplete="current-password"
        required
      />
    </>
  );
}

function CodeField() {
  const t = useTranslations("SignIn");
  return (
    <TextField
      label={t("code")}
      hint={t("codeHint")}
      name="code"
      autoComplete="one-time-code"
      required
      maxLength={40}
      autoFocus
    />
  );
}
