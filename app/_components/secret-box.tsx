"use client";

import { CopyButton } from "./copy-button.tsx";
import { Notice } from "./notice.tsx";

/** A secret on its only appearance. */
export function SecretBox({
  title,
  hint,
  secret,
  what,
}: {
  readonly title: string;
  readonly hint: string;
  readonly secret: string;
  readonly what: string;
}) {
  return (
    <div role="status">
      <Notice title={title}>
        <p>{hint}</p>
        <div className="mt-2 flex flex-wrap items-center gap-3">
          <code className="min-w-0 break-all rounded-md border border-line bg-surface px-2.5 py-1.5 font-mono text-text text-xs">
            {secret}
          </code>
          <CopyButton text={secret} what={what} />
        </div>
      </Notice>
    </div>
  );
}
