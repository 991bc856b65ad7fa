"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "#app/_components/button.tsx";
import { TextField } from "#app/_components/field.tsx";
import { Notice } from "#app/_components/notice.tsx";

type Failure = "wrong" | "tooMany" | "unreachable";

/** Posts to better-auth's endpoint, so that its limits on attempts hold. */
export function SignInForm({ next }: { readonly next: string }) {
  const t = useTranslations("SignIn");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  async function signIn(form: FormData) {
    setBusy(true);
    const result = await postSignIn(String(form.get("email")), String(form.get("password")));
    if (result === "ok") {
      // A full load: nothing rendered for the stranger stays.
      window.location.assign(next);
      return;
    }
    setFailure(result);
    setBusy(false);
  }

  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void signIn(new FormData(event.currentTarget));
      }}
    >
      {failure !== null && <Notice tone="danger" title={t(`failures.${failure}`)} />}
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
      <Button type="submit" variant="primary" disabled={busy}>
        {busy ? t("busy") : t("submit")}
      </Button>
    </form>
  );
}

async function postSignIn(email: string, password: string): Promise<"ok" | Failure> {
  try {
    const response = await fetch("/api/auth/sign-in/email", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ email, password }),
    });
    if (response.ok) return "ok";
    if (response.status === 429) return "tooMany";
    return response.status < 500 ? "wrong" : "unreachable";
  } catch {
    return "unreachable";
  }
}
