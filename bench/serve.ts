import { type Role, serveBare, serveWebhook } from './door.ts';

// The process that is measured; its parent makes the load.
const [role, dataDir] = process.argv.slice(2) as [Role, string];
if (role === 'bare') process.send?.(await serveBare());
else {
  // A press writes one row, as an answer to a round does.
  const handle = async () => {
    await served.db.sql('insert into term (text) values (gen_random_uuid())');
    return { toast: { type: 'success' as const, content: '已签到' } };
  };
  const served = await serveWebhook({ dataDir, works: role === 'whole', handle });
  process.on('SIGTERM', () => void served.stop().then(() => process.exit(0)));
  process.send?.(served.port);
}
