"use client";

import { useTranslations } from "next-intl";
import { KEY_SCOPES, scopesOf } from "#lib/access/key-scopes.ts";

/** What a new key may do; what is usual for its kind is chosen already. */
export function ScopeFields({ kind }: { readonly kind: "ingest" | "api" }) {
  const t = useTranslations("Keys");
  const usual = scopesOf(kind, null);
  return (
    <fieldset key={kind} className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <legend className="float-left mr-4 font-medium">{t("scopes")}</legend>
      {KEY_SCOPES[kind].map((scope) => (
        <label key={scope} className="flex min-h-6 items-center gap-1.5">
          <input
            type="checkbox"
            name="scopes"
            value={scope}
            defaultChecked={usual.includes(scope)}
            className="size-4 accent-(--action)"
          />
          {t(`scopeNames.${scope}`)}
        </label>
      ))}
    </fieldset>
  );
}
