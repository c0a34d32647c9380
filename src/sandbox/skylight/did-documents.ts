import { formatDidKey, multibaseToBytes, P256_JWT_ALG, SECP256K1_JWT_ALG } from '@atproto/crypto';

/** The parts of a DID document that are read here. */
interface DidDocument {
  readonly verificationMethod?: readonly {
    readonly id: string;
    readonly type: string;
    readonly publicKeyMultibase?: string;
  }[];
}

/** Older documents (this directory's) hold the bare key and name its curve by the type. */
const ALGORITHM_OF_TYPE: Readonly<Record<string, string>> = {
  EcdsaSecp256k1VerificationKey2019: SECP256K1_JWT_ALG,
  EcdsaSecp256r1VerificationKey2019: P256_JWT_ALG,
};

/** Reads the PLC directory of this sandbox. */
export class DidDocuments {
  constructor(private readonly plcUrl: string) {}

  /** The account's signing key as `did:key`; undefined for an unknown DID. */
  async signingKey(did: string): Promise<string | undefined> {
    const response = await fetch(`${this.plcUrl}/${encodeURIComponent(did)}`);
    if (!response.ok) return undefined;
    const { verificationMethod } = (await response.json()) as DidDocument;
    const method = verificationMethod?.find(({ id }) => id.endsWith('#atproto'));
    if (method?.publicKeyMultibase === undefined) return undefined;
    const algorithm = ALGORITHM_OF_TYPE[method.type];
    return algorithm === undefined
      ? `did:key:${method.publicKeyMultibase}`
      : formatDidKey(algorithm, multibaseToBytes(method.publicKeyMultibase));
  }
}
