import type { CloudResponse } from '../../http/exchange';
import { element, type XmlValue } from '../../http/xml';

/** Namespace of S3's answers. */
export const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** An S3 answer in XML. */
export const s3Xml = (name: string, value: XmlValue): CloudResponse => ({
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n${element(name, value, 'member').replace(`<${name}>`, `<${name} xmlns="${NAMESPACE}">`)}`,
});
