"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, useActionState, useState } from "react";
import { Button } from "#app/_components/button.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { submitTo } from "#app/_components/submit-to.ts";
import { draftCostModelAction } from "./actions.ts";
import { PreviewTable } from "./preview-table.tsx";

/**
 * A form whose change is looked at before it applies: the first button shows
 * what it does to the team's cost, the second records exactly that.
 */
export function DraftForm({
  draft,
  team,
  id,
  children,
}: {
  readonly draft: "model" | "charge" | "pool" | "contract";
  readonly team: string;
  /** What is corrected; left out for something new. */
  readonly id?: string | undefined;
  readonly children: ReactNode;
}) {
  const t = useTranslations("CostModels");
  const [state, action, busy] = useActionState(draftCostModelAction, {});
  const [isChanged, setChanged] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    setChanged(false);
    submitTo(action)(event);
  };
  const { preview } = state;
  return (
    <form onSubmit={submit} onChange={() => setChanged(true)} className="flex flex-col gap-4 p-4">
      <input type="hidden" name="draft" value={draft} />
      <input type="hidden" name="team" value={team} />
      {id !== undefined && <input type="hidden" name="id" value={id} />}
      {preview !== undefined && <input type="hidden" name="digest" value={preview.digest} />}
      {children}
      {state.mistakes !== undefined && (
        <Notice tone="danger" title={t("mistakes")}>
          {state.mistakes.map((mistake) => (
            <p key={mistake}>{mistake}</p>
          ))}
        </Notice>
      )}
      <div role="status" className="empty:hidden">
        {state.done !== undefined && !isChanged && <Notice title={state.done} />}
      </div>
      {preview !== undefined && !isChanged && preview.unknown.length > 0 && (
        <Notice tone="warn" title={t("unknown", { names: preview.unknown.join(", ") })} />
      )}
      {preview !== undefined && !isChanged && <PreviewTable rows={preview.rows} />}
      <div className="flex flex-wrap items-center gap-2">
        {preview === undefined || isChanged ? (
          <Button type="submit" name="intent" value="preview" variant="primary" disabled={busy}>
            {t("preview")}
          </Button>
        ) : (
          <Button type="submit" name="intent" value="save" variant="primary" disabled={busy}>
            {t("apply")}
          </Button>
        )}
        <p className="text-muted text-xs">{t(`applyHints.${draft}`)}</p>
      </div>
    </form>
  );
}
