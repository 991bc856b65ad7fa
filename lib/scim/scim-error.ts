type ScimType = "invalidFilter" | "invalidPath" | "invalidValue" | "mutability" | "uniqueness";

/** A refusal in SCIM's words (RFC 7644 section 3.12). */
export class ScimError extends Error {
  override readonly name = "ScimError";
  readonly status: 400 | 404 | 409;
  readonly scimType: ScimType | undefined;

  constructor(
    message: string,
    {
      status,
      scimType,
      cause,
    }: ErrorOptions & Pick<ScimError, "status"> & { readonly scimType?: ScimType | undefined },
  ) {
    super(message, { cause });
    this.status = status;
    this.scimType = scimType;
  }
}
