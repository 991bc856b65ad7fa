export type SignInFailure = "wrong" | "wrongCode" | "tooMany" | "unreachable";
export type SignInAnswer = "ok" | "needsCode" | SignInFailure;

/** Posts to better-auth's endpoints, so that its limits on attempts hold. */
export async function postPassword(email: string, password: string): Promise<SignInAnswer> {
  return post("/api/auth/sign-in/email", { email, password }, "wrong");
}

/** The second step: six digits of an authenticator, or a backup code. */
export async function postCode(code: string): Promise<SignInAnswer> {
  const plain = code.replace(/\s/g, "");
  const path = /^\d{6}$/.test(plain) ? "verify-totp" : "verify-backup-code";
  return post(`/api/auth/two-factor/${path}`, { code: plain }, "wrongCode");
}

async function post(
  path: string,
  body: Readonly<Record<string, string>>,
  wrong: SignInFailure,
): Promise<SignInAnswer> {
  try {
    const response = await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (response.status === 429) return "tooMany";
    if (!response.ok) return response.status < 500 ? wrong : "unreachable";
    const answer: unknown = await response.json();
    const waits = typeof answer === "object" && answer !== null && "twoFactorRedirect" in answer;
    return waits ? "needsCode" : "ok";
  } catch {
    return "unreachable";
  }
}
