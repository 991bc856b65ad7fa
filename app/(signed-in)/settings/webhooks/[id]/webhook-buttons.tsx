"use client";

import { useTranslations } from "next-intl";
import { Button } from "#app/_components/button.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { SecretBox } from "#app/_components/secret-box.tsx";
import { useNews } from "#app/_components/use-news.ts";
import {
  rotateWebhookAction,
  switchWebhookAction,
  testWebhookAction,
  type WebhookNews,
} from "../actions.ts";
import { DeleteButton } from "./delete-button.tsx";

/** What can be done with a webhook, and what came of it. */
export function WebhookButtons({
  id,
  name,
  isOn,
  isSigned,
}: {
  readonly id: string;
  readonly name: string;
  readonly isOn: boolean;
  readonly isSigned: boolean;
}) {
  const t = useTranslations("Webhooks");
  const { news, busy, run } = useNews<WebhookNews>();
  return (
    <div className="flex flex-col gap-3 border-line border-t px-4 py-3">
      <div className="flex flex-wrap items-center gap-2">
        <Button
          variant="primary"
          disabled={busy || !isOn}
          onClick={run(() => testWebhookAction(id))}
        >
          {t("test")}
        </Button>
        <Button disabled={busy} onClick={run(() => switchWebhookAction(id, !isOn))}>
          {t(isOn ? "turnOff" : "turnOn")}
        </Button>
        {isSigned && (
          <Button disabled={busy} onClick={run(() => rotateWebhookAction(id))}>
            {t("rotate")}
          </Button>
        )}
        <DeleteButton id={id} name={name} />
      </div>
      <div role="status" className="empty:hidden">
        {busy && <p className="text-muted">{t("underWay")}</p>}
        {news !== null && news.secret === undefined && (
          <Notice tone={news.tone} title={news.text} />
        )}
      </div>
      {news?.secret !== undefined && (
        <SecretBox
          title={news.text}
          hint={t("secretHint")}
          secret={news.secret}
          what={t("secret")}
        />
      )}
    </div>
  );
}
