import type { CloudRegion } from '../estate/model/model';
import { METADATA } from '../facts/aliyun/limits';
import { keyText } from './yaml-text';

/** Where the configuration of a fleet of Aliyun lies. */
export interface BootstrapSource {
  readonly region: CloudRegion;
  /** The region's bucket, which is asked at its internal endpoint. */
  readonly bucket: string;
  /**
   * `config/<FleetId>/manifest`, which names the digest of the configuration beside it: for members, whose user-data may never change.
   * `config/<FleetId>/<digest>`, the configuration itself: for elastic hosts, so that each has the one that it was launched with for ever.
   */
  readonly key: string;
}

/** Bytes that a bootstrap has at most: it stands in the template of every stack of its fleet. */
export const bootstrapLimit = 2_048;

/**
 * User-data of the hosts of a fleet: at every boot it fetches the fleet's configuration from the region's bucket with the host's RAM
 * role, checks its digest, keeps it as the last good one, and applies it. All that may ever change of a member is in the configuration.
 *
 * - Hardened metadata (ECS, "Access instance metadata"), credentials of the role, V4 signatures (OSS, "Include a V4 signature
 *   in the Authorization header").
 * - A first boot tries for ever and says so on the console; later ones go on with the last good configuration after half a minute.
 * - `CLOUD_CFG` is the name by which every cloud-init since 0.7 takes one more configuration, above all others.
 * - `/run/meissa/configuration` holds the digest that was applied at this boot.
 *
 * Pure. Throws where the text would have more than 2,048 bytes, or a name is not one that OSS knows.
 */
export function bootstrap({ region, bucket, key }: BootstrapSource): string {
  const [, folder, digest] = /^((?:[\w.-]+\/)+)(?:manifest|([0-9a-f]{64}))$/.exec(key) ?? [];
  if (folder === undefined || !/^[a-z0-9-]+$/.test(bucket) || !/^[a-z0-9-]+$/.test(region))
    throw new Error(`no place of a configuration: ${region} ${bucket} ${key}`);
  const [names, values] = digest === undefined ? ['R,B,K', ''] : ['R,B,K,d', `,'${digest}'`];
  const program = `${names}='${region}','${bucket}','${folder}'${values}\n${body(digest === undefined)}`;
  // A program from standard input: as an argument it would stand one column further in.
  const text = `#cloud-config\nbootcmd:\n-${keyText('', `python3 - <<\\E\n${program}E\n`, 1).slice(1)}`;
  if (Buffer.byteLength(text) > bootstrapLimit)
    throw new Error(`the bootstrap of ${folder} has ${Buffer.byteLength(text)} bytes`);
  return text;
}

/** The digest that a bootstrap names. @default - a member's, or none of ours */
export function bootstrapDigest(text: string): string | undefined {
  return /\bR,B,K,d='[^']+','[^']+','[^']+','([0-9a-f]{64})'/.exec(text)?.[1];
}

/**
 * Python 3.6; `R`, `B`, `K`, `d` are region, bucket, folder and digest. Of an error only its status or kind is said: what it holds may be
 * secret.
 *
 * @param named a manifest in the bucket says the digest: of that text no byte may change any more, members stand with it
 */
const body = (named: boolean): string => `import hashlib as H,hmac,json,os,subprocess as P,time,urllib.request as U
D,M='/var/lib/meissa/config/','${METADATA}/latest/'
def get(u,h={},m='GET'):return U.urlopen(U.Request(u,None,h,method=m),timeout=9).read()
def meta(p):
 a='X-aliyun-ecs-metadata-token'
 return get(M+'meta-data/'+p,{a:get(M+'api/token',{a+'-ttl-seconds':'60'},'PUT').decode()}).decode()
def oss(n):
 r='ram/security-credentials/'
 c=json.loads(meta(r+meta(r)))
 t=time.strftime('%Y%m%dT%H%M%SZ',time.gmtime())
 s,x='/'.join([t[:8],R,'oss','aliyun_v4_request']),'x-oss-'
 h={x+'content-sha256':'UNSIGNED-PAYLOAD',x+'date':t,x+'security-token':c['SecurityToken']}
 q='\\n'.join(['GET','/'+B+'/'+K+n,'']+[k+':'+h[k] for k in sorted(h)]+['','','UNSIGNED-PAYLOAD'])
 k=('aliyun_v4'+c['AccessKeySecret']).encode()
 for p in s.split('/')+['OSS4-HMAC-SHA256\\n'+t+'\\n'+s+'\\n'+H.sha256(q.encode()).hexdigest()]:k=hmac.new(k,p.encode(),'sha256').digest()
 h['Authorization']='OSS4-HMAC-SHA256 Credential=%s/%s,Signature=%s'%(c['AccessKeyId'],s,k.hex())
 return get('https://%s.oss-%s-internal.aliyuncs.com/'%(B,R)+K+n,h)
os.makedirs(D,exist_ok=True)
i=0
while 1:
 try:
${named ? "  v,d=oss('manifest').decode().split('\\n')[:2]\n" : ''}  b=oss(d)
  assert ${named ? "v=='meissa-config 1' and " : ''}H.sha256(b).hexdigest()==d,'wrong bytes'
  with open(D+'new','wb') as f:f.write(b);f.flush();os.fsync(f)
  os.replace(D+'new',D+'last')
  break
 except Exception as e:
  print('meissa: no configuration:',getattr(e,'code',type(e).__name__),flush=True)
  if i>3 and os.path.exists(D+'last'):
   d=H.sha256(open(D+'last','rb').read()).hexdigest()
   break
  i+=1
  time.sleep(min(2**i,60))
P.check_call('CLOUD_CFG=%slast cloud-init single --name write_files --frequency always&&bash /opt/meissa/bin/meissa-apply&&mkdir -p /run/meissa&&echo %s>/run/meissa/configuration'%(D,d),shell=1)
`;
