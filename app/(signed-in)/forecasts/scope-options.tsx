import { useTranslations } from "next-intl";
import type { ScopeChoice } from "./scope-choices.ts";

/** The options of a field that chooses a scope, by group. */
export function ScopeOptions({ choices }: { readonly choices: readonly ScopeChoice[] }) {
  const t = useTranslations("Forecasts");
  return [...Map.groupBy(choices, ({ group }) => group)].map(([group, members]) =>
    group === "organization" ? (
      <option key={group} value="organization">
        {t("groups.organization")}
      </option>
    ) : (
      <optgroup key={group} label={t(`groups.${group}`)}>
        {members.map(({ scope, name }) => (
          <option key={scope} value={scope}>
            {name}
          </option>
        ))}
      </optgroup>
    ),
  );
}
