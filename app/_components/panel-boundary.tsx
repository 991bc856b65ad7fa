"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { Component, type ReactNode, startTransition } from "react";
import { Button } from "./button.tsx";
import { Notice } from "./notice.tsx";

type Props = {
  readonly children: ReactNode;
  /** What the panel is about: another question is another try. */
  readonly about?: string;
};

/** Keeps the failure of one panel to that panel, with a way to try again. */
export class PanelBoundary extends Component<Props, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override componentDidUpdate({ about }: Props) {
    if (this.state.failed && about !== this.props.about) this.setState({ failed: false });
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return <PanelFailure onRetry={() => this.setState({ failed: false })} />;
  }
}

function PanelFailure({ onRetry }: { readonly onRetry: () => void }) {
  const t = useTranslations("Failure");
  const router = useRouter();
  const retry = () =>
    startTransition(() => {
      router.refresh();
      onRetry();
    });
  return (
    <div className="rounded-lg border border-line bg-surface p-4">
      <Notice tone="danger" title={t("panel")}>
        <p className="mb-2">{t("panelHint")}</p>
        <Button onClick={retry}>{t("retry")}</Button>
      </Notice>
    </div>
  );
}
