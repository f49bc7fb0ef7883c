// Sets the replica set up and gives each service a user that owns its own database alone. Safe to run again.
const { readFileSync } = require("fs");
const secret = (name) => readFileSync(`/run/secrets/${name}`, "utf8").trim();
const SERVICES = ["registry", "visits", "assistance", "supervision"];
const MEMBERS = ["mongo-1:27017", "mongo-2:27017", "mongo-3:27017"];
const ALREADY_DONE = [
  23, // AlreadyInitialized
  13, // Unauthorized: the first user exists, so nobody is let in without a password any more
  10107, // NotWritablePrimary: another member leads a set that is older than this run
];

function once(step) {
  try {
    step();
  } catch (error) {
    if (!ALREADY_DONE.includes(error.code)) throw error;
  }
}

const first = new Mongo("mongodb://127.0.0.1:27017/admin?directConnection=true").getDB("admin");
const members = MEMBERS.map((host, id) => ({ _id: id, host, priority: id === 0 ? 2 : 1 }));
once(() => first.runCommand({ replSetInitiate: { _id: "nol", members } }));
while (!first.hello().primary) sleep(500);

const password = secret("mongo_admin_password");
once(() => first.createUser({ user: "admin", pwd: password, roles: ["root"] }));

// Whatever was skipped above must have been done before: else this address is refused, and the run fails.
const admin = new Mongo(`mongodb://admin:${encodeURIComponent(password)}@${MEMBERS.join(",")}/admin?replicaSet=nol`);
for (const service of SERVICES) {
  const uri = secret(`mongo_uri_${service}`);
  const [, user, encoded, database] = /^mongodb:\/\/([^:]+):([^@]+)@[^/]+\/([a-z0-9_]+)/.exec(uri);
  const own = admin.getDB(database);
  const account = { pwd: decodeURIComponent(encoded), roles: [{ role: "dbOwner", db: database }] };
  if (own.getUser(user)) own.updateUser(user, account);
  else own.createUser({ user, ...account });
  print(`${service}: user ${user} owns ${database}`);
}
