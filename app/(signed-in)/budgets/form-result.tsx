import { useTranslations } from "next-intl";
import { Notice } from "#app/_components/notice.tsx";
import type { FormState } from "./actions.ts";

/** What a form has done, or what is wrong with it. */
export function FormResult({ state }: { readonly state: FormState }) {
  const t = useTranslations("Budgets");
  return (
    <div role="status" className="empty:hidden">
      {state.done !== undefined && <Notice title={state.done} />}
      {state.mistakes !== undefined && (
        <Notice tone="danger" title={t("mistakes")}>
          {state.mistakes.slice(0, 20).map((mistake) => (
            <p key={mistake}>{mistake}</p>
          ))}
        </Notice>
      )}
    </div>
  );
}
