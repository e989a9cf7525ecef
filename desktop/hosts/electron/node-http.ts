import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { type HttpPort, NoAnswer, type NoAnswerReason } from '../../engine/ports/http.ts';
import { fetchHttp } from '../common/fetch-http.ts';

/**
 * HTTP from Node. Node trusts the authorities it was built with: the ones this computer trusts beside them, as an organisation's own, are
 * added when a certificate would be refused otherwise, for the whole process; reading them takes its time on some systems.
 */
export function createNodeHttp(log: (event: string, details?: Record<string, unknown>) => void): HttpPort {
  let trustSystem: (() => void) | undefined = () => {
    trustSystem = undefined;
    try {
      setDefaultCACertificates([...getCACertificates('default'), ...getCACertificates('system')]);
    } catch (error) {
      log('system_certificates_unreadable', { error: String(error) });
    }
  };

  async function send(request: Parameters<HttpPort['send']>[0]): ReturnType<HttpPort['send']> {
    try {
      return await fetchHttp.send(request);
    } catch (error) {
      const reason = reasonOf(error);
      if (reason === 'not-trusted' && trustSystem) {
        trustSystem();
        return send(request);
      }
      throw reason === undefined ? error : new NoAnswer(reason, { cause: error });
    }
  }
  return { send };
}

/** https://nodejs.org/api/tls.html#x509-certificate-error-codes, with the wrong name beside them. */
const certificateCode =
  /^(CERT_|CRL_|UNABLE_TO_|ERROR_IN_C|DEPTH_ZERO_|SELF_SIGNED_|INVALID_(CA|PURPOSE)|PATH_LENGTH_|HOSTNAME_MISMATCH|ERR_TLS_CERT_)/;

const reasons: [RegExp, NoAnswerReason][] = [
  [/^(ENOTFOUND|EAI_AGAIN|EAI_NODATA|EAI_NONAME|ERR_INVALID_URL)$/, 'name-unknown'],
  [/^ECONNREFUSED$/, 'refused'],
  [certificateCode, 'not-trusted'],
  [/^(ERR_SSL_|EPROTO$)/, 'not-secure'],
  [/^HTTPParserError$/, 'not-http'],
];

/** What Node's fetch says of it: the reason is in the cause, which has a code or at least a name. */
function reasonOf(error: unknown): NoAnswerReason | undefined {
  const { code, cause } = error as { code?: unknown; cause?: { code?: unknown; name?: unknown } };
  const said = [code, cause?.code, cause?.name].filter((word) => typeof word === 'string');
  return reasons.find(([pattern]) => said.some((word) => pattern.test(word)))?.[1];
}
