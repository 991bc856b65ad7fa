import type { ComponentProps } from "react";

export type ButtonVariant = "primary" | "secondary" | "ghost" | "danger";

/** Looks for buttons and for links that act like one; 32 px high, so well above the 24 px of WCAG 2.5.8. */
export function buttonClass(variant: ButtonVariant = "secondary"): string {
  return `inline-flex h-8 items-center justify-center gap-1.5 whitespace-nowrap rounded-md px-3 text-sm font-medium transition-colors disabled:opacity-50 ${VARIANTS[variant]}`;
}

export function Button({
  variant = "secondary",
  className = "",
  type = "button",
  ...rest
}: ComponentProps<"button"> & { readonly variant?: ButtonVariant }) {
  return <button type={type} className={`${buttonClass(variant)} ${className}`} {...rest} />;
}

const VARIANTS: { readonly [V in ButtonVariant]: string } = {
  primary: "bg-action text-on-action hover:opacity-90",
  secondary: "border border-line-strong bg-surface text-text hover:bg-hover",
  ghost: "text-muted hover:bg-hover hover:text-text",
  danger: "border border-line-strong bg-surface text-danger hover:bg-danger-soft",
};
