"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Button } from "#app/_components/button.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { SecretBox } from "#app/_components/secret-box.tsx";
import { submitByHand } from "#app/_components/submit-by-hand.ts";
import type { TeamName } from "#app/_server/teams.ts";
import type { Person } from "#lib/auth/manage-users.ts";
import { AccessFields } from "./access-fields.tsx";
import { setAccessAction, setSignInAction } from "./actions.ts";
import { resetLinkAction } from "./invite-actions.ts";

/** What an admin can change about one person. */
export function PersonEditor({
  person,
  teams,
}: {
  readonly person: Person;
  readonly teams: readonly TeamName[];
}) {
  const t = useTranslations("People");
  const [access, setAccess, saving] = useActionState(setAccessAction, {});
  const [signIn, setSignIn, changing] = useActionState(setSignInAction, {});
  const [reset, makeLink, making] = useActionState(resetLinkAction, {});
  const message = access.message ?? signIn.message ?? reset.message;
  return (
    <div className="flex flex-col gap-4 bg-sunken px-4 py-4">
      {message !== undefined && <Notice tone="danger" title={message} />}
      {signIn.password !== undefined && (
        <SecretBox
          title={t("passwordOf", { email: signIn.password.of })}
          hint={t("shownOnce")}
          secret={signIn.password.secret}
          what={t("password")}
        />
      )}
      {reset.link !== undefined && (
        <SecretBox
          title={t("resetLinkOf", { email: reset.link.of })}
          hint={t("resetLinkHint")}
          secret={reset.link.url}
          what={t("link")}
        />
      )}
      <form onSubmit={submitByHand(setAccess)} className="grid gap-3 sm:grid-cols-2">
        <input type="hidden" name="id" value={person.id} />
        <AccessFields teams={teams} given={person} />
        <div className="flex items-center gap-3 sm:col-span-2">
          <Button type="submit" variant="primary" disabled={saving}>
            {t("save")}
          </Button>
          <p role="status" className="text-muted">
            {access.done}
          </p>
        </div>
      </form>
      <form
        action={setSignIn}
        className="flex flex-wrap items-center gap-2 border-line border-t pt-4"
      >
        <input type="hidden" name="id" value={person.id} />
        <input type="hidden" name="email" value={person.email} />
        <Button type="submit" name="wanted" value="in" disabled={changing}>
          {t(person.isActive ? "newPassword" : "letIn")}
        </Button>
        {person.isActive && (
          <Button type="submit" formAction={makeLink} disabled={making}>
            {t("resetLink")}
          </Button>
        )}
        {person.isActive && (
          <Button type="submit" name="wanted" value="out" variant="danger" disabled={changing}>
            {t("shutOut")}
          </Button>
        )}
        <p role="status" className="text-muted text-xs">
          {signIn.done ?? reset.done ?? t("signInHint")}
        </p>
      </form>
    </div>
  );
}
