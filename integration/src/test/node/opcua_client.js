// An OPC UA client, by node-opcua: asked by lines as io.sluice.integration.peer.OpcClient is; `connect ADDRESS PORT CHUNK
// again` is for a client that comes back by itself when it is cut off, `subscribe NODE INTERVALS` for a subscription that is
// silent for so many of its intervals, of 0.1 s, when there is nothing to tell. Argument: a folder to keep its certificate in.
const path = require('path');
const readline = require('readline');

// The library prints on standard output, which is for answers alone.
const out = process.stdout.write.bind(process.stdout);
process.stdout.write = process.stderr.write.bind(process.stderr);

const of = name => require(require.resolve(name, {paths: [process.env.NODE_MODULES_FOLDER]}));
const {
    AttributeIds, BrowseDirection, ClientMonitoredItem, ClientSubscription, DataType, MessageSecurityMode, OPCUAClient,
    SecurityPolicy, TimestampsToReturn, Variant, VariantArrayType
} = of('node-opcua-client');
const {OPCUACertificateManager} = of('node-opcua-certificate-manager');

const PATIENCE_MILLISECONDS = 5000;
const IDLE_MILLISECONDS = 15000; // without a byte from the server, the connection counts as lost
const SESSION_MILLISECONDS = 600000;
const certificates = new OPCUACertificateManager({rootFolder: path.join(process.argv[2], 'pki')});
let client = null;
let session = null;
let changes = [];

const node = name => `ns=2;s=${name}`;

async function connect(address, port, comesBack) {
    await close();
    client = OPCUAClient.create({
        applicationName: 'hmi-3', endpointMustExist: false, securityMode: MessageSecurityMode.None,
        securityPolicy: SecurityPolicy.None,
        connectionStrategy: {maxRetry: comesBack ? -1 : 0, initialDelay: 100, maxDelay: 200},
        clientCertificateManager: certificates, keepSessionAlive: comesBack,
        requestedSessionTimeout: SESSION_MILLISECONDS, // longer than a slow firewall takes to start
        defaultTransactionTimeout: PATIENCE_MILLISECONDS,
        transportTimeout: comesBack ? IDLE_MILLISECONDS : PATIENCE_MILLISECONDS
    });
    for (const event of ['connection_lost', 'connection_reestablished']) {
        client.on(event, () => console.error(event.replace('_', ' ')));
    }
    await client.connect(`opc.tcp://${address}:${port}`);
    session = await client.createSession();
    return ['connected'];
}

async function close() {
    changes = [];
    const [oldSession, oldClient] = [session, client];
    session = client = null;
    if (oldClient) {
        // One that was cut off never answers.
        await Promise.race([
            (async () => { if (oldSession) await oldSession.close(); await oldClient.disconnect(); })().catch(() => {}),
            new Promise(resolve => setTimeout(resolve, 1000))
        ]);
    }
    return ['closed'];
}

function value(word) {
    if (word.startsWith('bytes:')) {
        return new Variant({dataType: DataType.ByteString, value: Buffer.alloc(Number(word.slice(6)), 7)});
    }
    return /^[0-9]/.test(word)
        ? new Variant({dataType: DataType.Double, value: Number(word)})
        : new Variant({dataType: DataType.String, value: word});
}

function shown(result) {
    if (!result.statusCode.isGood()) {
        return result.statusCode.name;
    }
    const content = result.value.value;
    if (result.value.arrayType === VariantArrayType.Array) {
        return `${content.length} elements ${content.reduce((sum, each) => (sum * 31 + each) | 0, 1)}`;
    }
    return Buffer.isBuffer(content) ? `${content.length} bytes ${content[content.length - 1]}` : String(content);
}

async function write(words) {
    const writes = [];
    for (let i = 0; i < words.length; i += 2) {
        writes.push({nodeId: node(words[i]), attributeId: AttributeIds.Value, value: {value: value(words[i + 1])}});
    }
    return (await session.write(writes)).map(code => code.name);
}

async function browse(name) {
    const found = await session.browse({
        nodeId: node(name), browseDirection: BrowseDirection.Forward, referenceTypeId: 'HierarchicalReferences',
        includeSubtypes: true, nodeClassMask: 0, resultMask: 63
    });
    return found.references.map(reference => reference.browseName.name);
}

async function subscribe(name, silence = 10) {
    const subscription = ClientSubscription.create(session, {
        requestedPublishingInterval: 100, requestedLifetimeCount: 10000, requestedMaxKeepAliveCount: silence,
        maxNotificationsPerPublish: 100, publishingEnabled: true, priority: 1
    });
    subscription.on('terminated', () => console.error('subscription terminated'));
    const item = ClientMonitoredItem.create(subscription, {nodeId: node(name), attributeId: AttributeIds.Value},
        {samplingInterval: 20, discardOldest: true, queueSize: 50}, TimestampsToReturn.Neither);
    item.on('changed', result => changes.push(shown(result)));
    await new Promise((resolve, reject) => {
        item.on('initialized', resolve);
        item.on('err', message => reject(new Error(message)));
    });
    return ['subscribed'];
}

async function answer(words) {
    switch (words[0]) {
        case 'connect': return connect(words[1], words[2], words[4] === 'again');
        case 'close': return close();
        case 'read': return (await session.read(words.slice(1).map(name => ({
            nodeId: node(name), attributeId: AttributeIds.Value
        })))).map(shown);
        case 'write': return write(words.slice(1));
        case 'call': return [(await session.call({
            objectId: node('Line3'), methodId: node(words[1]), inputArguments: []
        })).statusCode.name];
        case 'browse': return browse(words[1]);
        case 'subscribe': return subscribe(words[1], words[2] && Number(words[2]));
        case 'changes': return changes;
        default: return [`unknown: ${words[0]}`];
    }
}

async function main() {
    await certificates.initialize();
    process.on('unhandledRejection', problem => console.error(String(problem)));
    out('ready\n');
    for await (const line of readline.createInterface({input: process.stdin})) {
        let lines;
        try {
            lines = await answer(line.split(' '));
        } catch (problem) {
            lines = [`fault ${problem.message.split('\n')[0]}`];
        }
        lines.concat('.').forEach(each => out(`${each}\n`));
    }
    process.exit(0);
}

main();
