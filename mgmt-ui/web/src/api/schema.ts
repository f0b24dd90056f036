// Made of the contract, openapi.yaml, by `npm run contract`; not to be edited.
export interface paths {
    "/api/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the first account is still to be made */
        get: operations["getSetup"];
        put?: never;
        /** Makes the first account, by the one-time link that the server printed at its first start */
        post: operations["setUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in, and what the page needs to begin */
        get: operations["getSession"];
        put?: never;
        /** Signs in; where the account has a second factor, only half-way */
        post: operations["signIn"];
        /** Ends the session */
        delete: operations["signOut"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/session/code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The second step, a code of the authenticator app or a recovery code */
        post: operations["signInWithCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/session/oidc": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Leads to the identity provider, where one is configured */
        get: operations["signInByProvider"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/session/oidc/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where the identity provider leads back to */
        get: operations["signedInByProvider"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Changes the own password; all other sessions end */
        put: operations["changePassword"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/totp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Proves that the app has the secret; from now on signing in needs a code */
        put: operations["confirmTotp"];
        /** A new secret for an authenticator app; it counts once a code of it was given */
        post: operations["beginTotp"];
        /** Signing in needs no code any more */
        delete: operations["removeTotp"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where this account is signed in */
        get: operations["listOwnSessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Ends one of them */
        delete: operations["endOwnSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/preferences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Language and appearance, kept with the account */
        put: operations["setPreferences"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Own SSH public keys, by which a jump session may be connected instead of a one-time password */
        get: operations["listOwnKeys"];
        put?: never;
        /** Adds one; the account's password is asked again where it has one */
        post: operations["addOwnKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Removes one; a connection that was made by it goes on until its session ends */
        delete: operations["removeOwnKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listUsers"];
        put?: never;
        /** Makes an account; its owner sets the password by a one-time link */
        post: operations["addUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{user}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Changes name, roles, or whether it may sign in; its sessions end where it may do less */
        put: operations["changeUser"];
        post?: never;
        delete: operations["removeUser"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{user}/link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A one-time link to set a new password; the second factor is removed, sessions end */
        post: operations["makePasswordLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sets the password by a one-time link */
        post: operations["setPasswordByLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How firewall, journal and index stand now */
        get: operations["getStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/map": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Zones, assets and conduits of the policy that judges now, with what crossed them in a time */
        get: operations["getMap"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/series": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Throughput, verdicts and added latency over the last hour at most, a point every few seconds */
        get: operations["getSeries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Server-sent events, as things happen
         * @description `event: events`, data: an array of `Event` (several where many come); `event: lost`, data: `{"events": n}` where this reader
         *     was too slow; `event: status`, data: `Status`, every two seconds and at each change; `event: alert`, data: `Alert`;
         *     `event: point`, data: `Point`. With `filter`, only such events; with `streams`, only these kinds.
         */
        get: operations["followLive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Events that a filter names, newest first */
        get: operations["listEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/events/histogram": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["countEventsByTime"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/events/facets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many events have which value of a field, the most frequent first */
        get: operations["countEventsByField"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/events/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One event with its record as the journal has it */
        get: operations["getEvent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/events/{id}/why": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Why it was allowed or refused, and by which line of the policy that decided */
        get: operations["explainEvent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/events/{id}/rule": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The narrowest change that would allow it, put into the policy */
        get: operations["proposeRule"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/filter": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a filter means, or what is wrong with it */
        get: operations["checkFilter"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/filter/words": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Keys of the filter language, and for a key the values that occur */
        get: operations["completeFilter"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getPolicy"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/policy/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listPolicyHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/policy/schema": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** JSON Schema of the policy language, for editors */
        get: operations["getPolicySchema"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/policy/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["checkPolicy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/policy/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What the draft would newly allow and newly refuse, compared with the policy that judges now or with another */
        post: operations["diffPolicy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/policy/draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The change that this person has staged */
        get: operations["getDraft"];
        put: operations["stageDraft"];
        post?: never;
        delete: operations["dropDraft"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/policy/apply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Puts a policy in force; unless confirmed in time, the one before comes back by itself */
        post: operations["applyPolicy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/policy/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["confirmPolicy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/policy/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes the pending policy back, or goes back to the policy before */
        post: operations["rollBackPolicy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/captures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listCaptures"];
        put?: never;
        /** Takes a capture in, pcap or pcapng, compressed or not */
        post: operations["uploadCapture"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/captures/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["removeCapture"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/captures/{id}/expectation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a policy makes of the capture, as expectations to keep with the policy */
        post: operations["saveExpectation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/replays": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Judges a capture by a policy, and by another to compare with */
        post: operations["startReplay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/replays/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getReplay"];
        put?: never;
        post?: never;
        delete: operations["cancelReplay"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/replays/{id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listReplayMessages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/replays/{id}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A page to take to a meeting */
        get: operations["getReplayReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/assets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listAssets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/assets/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["exportAssets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/assets/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getAsset"];
        /** Sets group and note, or says that it is known */
        put: operations["annotateAsset"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/assets/{id}/identify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Asks the device who it is (Modbus 43/14, OPC UA GetEndpoints), where the settings allow it */
        post: operations["identifyAsset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/relations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who talks to whom */
        get: operations["listRelations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listAlerts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/alerts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["moveAlert"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audit/verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The last verification of the journal's chain, or the one that runs */
        get: operations["getVerification"];
        put?: never;
        /** Reads the whole journal and checks hashes and signatures */
        post: operations["verifyJournal"];
        /** Ends the verification that runs */
        delete: operations["cancelVerification"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/events/{id}/proof": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Proof that the record is in the journal, for `sluice audit verify` on another machine */
        get: operations["proveEvent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jump/targets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the person may ask for, by the section `sessions` of the policy that judges now */
        get: operations["listJumpTargets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jump/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a request comes to (request, ceiling of the conduit and limits of the rule together), and what is wrong with it
         * @description Nothing is kept. An approver uses it to see what a narrowed session may still do.
         */
        post: operations["previewJumpSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jump/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Jump sessions, newest first; who has only the role requester sees the own ones */
        get: operations["listJumpSessions"];
        put?: never;
        /** Asks for a session; it waits for approval, and is forgotten where nobody approves in time */
        post: operations["requestJumpSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jump/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getJumpSession"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jump/sessions/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approves, perhaps less than was asked for; never by the person who asked, and only by the rule's group */
        post: operations["approveJumpSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jump/sessions/{id}/deny": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["denyJumpSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jump/sessions/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes back an own request that has not begun */
        post: operations["withdrawJumpSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jump/sessions/{id}/connect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A new one-time password for an own open session, and the command to copy; the one-time password before is void */
        post: operations["connectJumpSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jump/sessions/{id}/access": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Step-up or step-down of an open session; its connections go on
         * @description The person who asked may move within what was approved. An approver of the rule may go up to what was asked for, which counts
         *     as an approval.
         */
        post: operations["changeJumpAccess"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jump/sessions/{id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends it; connections are dead at both ends within a second. Who has only the role requester ends the own ones */
        post: operations["endJumpSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jump/end-all": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ends all remote sessions at once
         * @description Approved sessions that have not begun end too. Requests that wait for approval stay.
         */
        post: operations["endAllJumpSessions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the server is set up, without secrets */
        get: operations["getSettings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/openapi.yaml": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document */
        get: operations["getContract"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Metrics of firewall and server in Prometheus' text format
         * @description For programs, by `Authorization: Bearer` with the token that the settings name. Off without one.
         */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Refusal: {
            /** @description stable, in small letters, such as `not-signed-in`, `role-missing`, `locked-out`, `firewall-unreachable` */
            code: string;
            sentence: string;
            problems?: components["schemas"]["Problem"][];
            retryAfterSeconds?: number;
        };
        Problem: {
            /** @enum {string} */
            severity: "error" | "warning";
            /** @description from 1 */
            line?: number;
            /** @description from 1 */
            column?: number;
            text: string;
        };
        /** @enum {string} */
        Role: "viewer" | "operator" | "requester" | "approver" | "observer" | "auditor" | "administrator";
        UserId: string;
        /** @description of accounts, as the policy's `sessions` name them, such as `vendor-acme` */
        Group: string;
        /** @enum {string} */
        Language: "en" | "de";
        Setup: {
            needed: boolean;
        };
        SetupRequest: {
            token: string;
            user: components["schemas"]["UserId"];
            name?: string;
            password: string;
        };
        Session: {
            signedIn: boolean;
            /** @description the password was right and the code is missing */
            codeNeeded: boolean;
            setupNeeded: boolean;
            user?: components["schemas"]["UserId"];
            name?: string;
            roles?: components["schemas"]["Role"][];
            /** @description for the header X-Sluice-Csrf; also in the half-way session */
            csrf?: string;
            /** @description the account has a second factor */
            totp?: boolean;
            /** @description the settings demand one, and it is not there: only the account's own pages work */
            totpDemanded?: boolean;
            preferences?: components["schemas"]["Preferences"];
            /** @description names of identity providers to sign in by */
            providers: string[];
            /** Format: date-time */
            serverTime: string;
            /** @description of the server, such as Europe/Berlin */
            timeZone: string;
            version: string;
        };
        Credentials: {
            user: string;
            password: string;
        };
        Code: {
            code: string;
        };
        PasswordChange: {
            old: string;
            new: string;
        };
        PasswordOnly: {
            password: string;
        };
        PasswordByLink: {
            token: string;
            password: string;
        };
        TotpSecret: {
            /** @description base32 */
            secret: string;
            /** @description otpauth://totp/…, for a QR code that the page draws */
            uri: string;
        };
        RecoveryCodes: {
            codes: string[];
        };
        OwnSession: {
            id: string;
            address: string;
            agent?: string;
            /** Format: date-time */
            begun: string;
            /** Format: date-time */
            lastSeen: string;
            current: boolean;
        };
        Preferences: {
            language?: components["schemas"]["Language"];
            /** @enum {string} */
            theme?: "system" | "light" | "dark";
        };
        User: {
            user: components["schemas"]["UserId"];
            name: string;
            roles: components["schemas"]["Role"][];
            groups: components["schemas"]["Group"][];
            enabled: boolean;
            totp: boolean;
            /** @enum {string} */
            origin: "local" | "oidc";
            passwordSet?: boolean;
            /** Format: date-time */
            lastSignIn?: string;
            /** Format: date-time */
            lockedUntil?: string;
        };
        NewUser: {
            user: components["schemas"]["UserId"];
            name?: string;
            roles: components["schemas"]["Role"][];
            groups?: components["schemas"]["Group"][];
        };
        UserChange: {
            name?: string;
            roles?: components["schemas"]["Role"][];
            groups?: components["schemas"]["Group"][];
            enabled?: boolean;
            unlock?: boolean;
        };
        OneTimeLink: {
            link: string;
            /** Format: date-time */
            expires: string;
        };
        Status: {
            /** Format: date-time */
            now: string;
            /** @description the firewall answers on its control socket */
            reachable: boolean;
            /** @description how it stands, in one sentence */
            sentence: string;
            version?: string;
            /** Format: date-time */
            started?: string;
            pipeline?: string;
            draining?: boolean;
            active?: components["schemas"]["PolicyInfo"];
            pending?: components["schemas"]["PolicyInfo"];
            ports: components["schemas"]["Port"][];
            clock?: {
                trusted: boolean;
                note: string;
            };
            flows?: {
                live: number;
                limit: number;
                opened: number;
                refused: number;
            };
            verdicts: components["schemas"]["VerdictCount"][];
            drops: {
                cause: string;
                frames: number;
            }[];
            journal?: {
                /** @enum {string} */
                state: "writing" | "stopped" | "off";
                folder?: string;
                entries: number;
                bytes: number;
                lost: number;
                trouble?: string;
            };
            memory?: {
                heapUsedBytes?: number;
                heapLimitBytes?: number;
                residentBytes?: number;
            };
            index: {
                /** @enum {string} */
                state: "current" | "catching-up" | "rebuilding" | "stopped";
                events: number;
                /** @description records of the journal that are not in the index yet; at least so many while the firewall is away */
                behind: number;
                trouble?: string;
            };
            alarms: string[];
            openAlerts: number;
            /** @description what is still to set up, for the checklist */
            tasks?: components["schemas"]["Task"][];
        };
        Task: {
            /** @description policy, second-factor, second-administrator, exports, enforce, certificate */
            id: string;
            done: boolean;
        };
        Port: {
            name: string;
            interface: string;
            mirror: boolean;
            /** @enum {string} */
            link: "up" | "down" | "missing";
            backend: string;
            why?: string;
            received: number;
            receivedBytes?: number;
            sent: number;
            sentBytes?: number;
            /** @description frames that did not get in or out: ring full, truncated, not sent */
            lost?: number;
        };
        VerdictCount: {
            conduit: string;
            reason: string;
            allowed: boolean;
            enforced: boolean;
            messages: number;
        };
        ZoneMap: {
            zones: {
                name: string;
                ports?: string[];
                networks?: string[];
                broker?: boolean;
            }[];
            assets: {
                name: string;
                zone: string;
                addresses?: string[];
                /** Format: date-time */
                lastSeen?: string;
            }[];
            conduits: components["schemas"]["MapConduit"][];
            /** @description attempts between places that no conduit relates, the most frequent first, 100 at most */
            unrelated?: components["schemas"]["MapAttempt"][];
        };
        MapAttempt: {
            /** @description asset, or zone; missing where the policy knows neither */
            from?: string;
            /** @description where it was only one */
            fromAddress?: string;
            /** @description missing with its address: of several, whose refusals the journal counted */
            to?: string;
            toAddress?: string;
            denied: number;
            /** Format: date-time */
            last: string;
        };
        MapConduit: {
            name: string;
            from: string;
            to: string;
            protocol?: string;
            /** @enum {string} */
            mode: "enforce" | "monitor" | "learn";
            rules?: number;
            allowed: number;
            denied: number;
        };
        Series: {
            stepSeconds: number;
            points: components["schemas"]["Point"][];
        };
        Point: {
            /** Format: date-time */
            at: string;
            framesPerSecond: number;
            bitsPerSecond: number;
            allowedPerSecond: number;
            deniedPerSecond: number;
            dropsPerSecond: number;
            latencyP50Micros?: number;
            latencyP999Micros?: number;
        };
        Event: {
            /**
             * Format: int64
             * @description number of the record in the journal; missing numbers do not occur. Negative for a live event that is not in the journal's files yet
             */
            id: number;
            /** Format: date-time */
            at: string;
            /** @description alert, modbus, opcua, drop, flow, stats, management */
            type: string;
            protocol?: string;
            /** @enum {string} */
            verdict?: "allow" | "deny";
            /** @description false: only would be refused */
            enforced?: boolean;
            reason?: string;
            rule?: string;
            conduit?: string;
            source?: components["schemas"]["End"];
            destination?: components["schemas"]["End"];
            /** @description in the policy's words, such as `write unit 1 holding 158 = 21914` */
            does?: string;
            function?: string;
            person?: string;
            session?: string;
            /** @description 53-bit number as text */
            flow?: string;
            /** @description messages that this record stands for, where more than one */
            count?: number;
            /** @description what happened, for people */
            sentence?: string;
            /** @description 1 (look now) to 4 */
            severity?: number;
        };
        End: {
            /** @description asset or zone */
            name?: string;
            address?: string;
            port?: number;
        };
        EventPage: {
            events: components["schemas"]["Event"][];
            /** @description there are no older ones */
            complete: boolean;
            /**
             * Format: date-time
             * @description how far back the index reaches
             */
            oldest?: string;
            tookMillis?: number;
        };
        EventDetail: {
            event: components["schemas"]["Event"];
            /** @description the journal's record, all of it */
            record: Record<string, never>;
            /** @description decoded, in the order of the message */
            fields?: {
                name: string;
                value: string;
                note?: string;
            }[];
            /** @description the message's first bytes, where the journal has them: of refusals and writes, 256 at most */
            hex?: string;
            /** @description the message goes on */
            hexCut?: boolean;
        };
        Explanation: {
            sentence: string;
            /** @description how it was decided, one step each */
            steps: string[];
            rule?: string;
            /** @description of the policy that decided */
            line?: number;
            /** @description hash */
            policy?: string;
            policyIsCurrent?: boolean;
            /** @description the reason given in the policy */
            because?: string;
            /** @description the rule that came closest, and what it lacked */
            closest?: string;
        };
        RuleProposal: {
            /**
             * @description rules in a conduit that is there; a conduit, and names that its ends lack; another rate for a rule that is there
             * @enum {string}
             */
            kind: "rule" | "conduit" | "rate";
            conduit: string;
            /** @description what is added, YAML: rules line by line, or entries of `assets` and `conduits`; or the changed `rate` */
            rule: string;
            /** @description the policy with it; all else of it is as it was, byte for byte */
            yaml: string;
            /** @description where it stands */
            line: number;
            /** @description what to think of before it is applied */
            note?: string;
        };
        FilterCheck: {
            canonical?: string;
            problems: {
                /** @description first character, from 0 */
                from: number;
                /** @description behind the last */
                to: number;
                text: string;
            }[];
        };
        Word: {
            word: string;
            note?: string;
        };
        Histogram: {
            /** Format: date-time */
            from: string;
            stepSeconds: number;
            buckets: {
                allowed: number;
                denied: number;
                other: number;
            }[];
        };
        Facet: {
            value: string;
            count: number;
            denied?: number;
        };
        PolicyInfo: {
            hash: string;
            name: string;
            /** @enum {string} */
            mode: "enforce" | "monitor" | "learn";
            /** Format: date-time */
            since?: string;
            who?: string;
            /** @description only where it is pending */
            confirmWithinSeconds?: number;
        };
        PolicyText: {
            yaml: string;
            info?: components["schemas"]["PolicyInfo"];
        };
        PolicyChange: {
            /** Format: date-time */
            at: string;
            who: string;
            hash: string;
            name?: string;
            /** @enum {string} */
            why: "seed" | "apply" | "confirm" | "rollback" | "pending" | "expired" | "recovered";
            /** @description the reason that was given when it was applied */
            note?: string;
        };
        PolicyDraft: {
            yaml: string;
            /** @description a hash, or missing for the policy that judges now */
            against?: string;
            note?: string;
        };
        StagedDraft: {
            yaml?: string;
            note?: string;
            /** @description hash of the policy that it was made from */
            base?: string;
            /** Format: date-time */
            at?: string;
        };
        PolicyCheck: {
            usable: boolean;
            hash?: string;
            problems: components["schemas"]["Problem"][];
        };
        PolicyDiff: {
            problems: components["schemas"]["Problem"][];
            differs: boolean;
            summary?: string;
            changes: components["schemas"]["PermissionChange"][];
            oldYaml?: string;
        };
        PermissionChange: {
            /**
             * @description newly allowed, newly refused, or another change (mode, rate, action)
             * @enum {string}
             */
            kind: "allowed" | "refused" | "other";
            /** @description that decides it; missing for what belongs to none */
            conduit?: string;
            from: string;
            to: string;
            /** @description the requests, in the policy's words */
            what: string;
            /** @description one of them */
            example?: string;
            /** @description it newly allows a change of a device */
            danger?: boolean;
        };
        PolicyApply: {
            yaml: string;
            /** @default 60 */
            confirmWithinSeconds: number;
            note?: string;
        };
        PolicyApplied: {
            applied?: components["schemas"]["PolicyInfo"];
            problems: components["schemas"]["Problem"][];
            flowsEnded?: number;
        };
        PolicyHash: {
            hash: string;
        };
        Capture: {
            id: string;
            name: string;
            bytes: number;
            /** Format: date-time */
            at: string;
            who?: string;
        };
        ReplayRequest: {
            capture: string;
            /** @description missing: the policy that judges now */
            yaml?: string;
            /** @description YAML to compare with; missing: the policy that judges now */
            baseline?: string;
            /** @description places of the capture, where the policy goes by ports: zone by network */
            mapping?: {
                [key: string]: string;
            };
        };
        ReplayJob: {
            id: string;
            /** @enum {string} */
            state: "running" | "done" | "failed" | "cancelled";
            /** @description 0 to 1 */
            done: number;
            sentence?: string;
            problems?: components["schemas"]["Problem"][];
            result?: components["schemas"]["ReplayResult"];
        };
        ReplayResult: {
            frames: number;
            messages: number;
            denied?: number;
            /** @description messages whose verdict is another one than under the baseline */
            changed: number;
            /** Format: date-time */
            first?: string;
            /** Format: date-time */
            last?: string;
            conduits: {
                conduit: string;
                allowed: number;
                denied: number;
                changed: number;
            }[];
            rules?: {
                rule: string;
                conduit?: string;
                messages: number;
            }[];
            anomalies?: {
                what: string;
                count: number;
                example?: string;
            }[];
            notes?: string[];
        };
        ReplayMessages: {
            total: number;
            messages: {
                frame: number;
                /**
                 * Format: date-time
                 * @description missing where a connection as a whole was judged
                 */
                at?: string;
                conduit?: string;
                source?: string;
                destination?: string;
                does: string;
                /** @enum {string} */
                verdict: "allow" | "deny";
                /** @enum {string} */
                before?: "allow" | "deny";
                rule?: string;
                reason?: string;
                detail?: string;
            }[];
        };
        AssetList: {
            assets: components["schemas"]["Asset"][];
            /** @description devices beyond the limit that were only counted */
            leftOut: number;
        };
        Asset: {
            id: string;
            /** @description in the policy */
            name?: string;
            zone?: string;
            addresses: string[];
            macs?: string[];
            /** @description as the device says it; else by its MAC addresses, where the settings name a list */
            vendor?: string;
            protocols: string[];
            roles?: ("client" | "server")[];
            /** @description functions and addresses, as a client or as a server */
            uses?: {
                protocol: string;
                does: string;
                role?: string;
                count: number;
                /** Format: date-time */
                lastSeen?: string;
            }[];
            identification?: components["schemas"]["Identification"];
            /** Format: date-time */
            firstSeen?: string;
            /** Format: date-time */
            lastSeen?: string;
            /** @description named in the policy, or somebody said that it is known */
            known: boolean;
            group?: string;
            note?: string;
        };
        AssetNote: {
            group?: string;
            note?: string;
            known?: boolean;
        };
        Identification: {
            /** @enum {string} */
            how: "passive" | "modbus-43-14" | "opcua-get-endpoints";
            /** Format: date-time */
            at?: string;
            /** @description such as vendor_name, product_code, revision, application.name, application.uri */
            values?: {
                [key: string]: string;
            };
        };
        Relation: {
            /** @description id of an asset */
            source: string;
            destination: string;
            protocol: string;
            conduit?: string;
            functions?: string[];
            messages: number;
            denied: number;
            /** Format: date-time */
            firstSeen: string;
            /** Format: date-time */
            lastSeen: string;
            isNew?: boolean;
        };
        Alert: {
            id: string;
            /** @enum {string} */
            kind: "new-device" | "new-relation" | "new-function" | "scan" | "value-out-of-range" | "rate-jump" | "spoofing" | "repeated-denials" | "firewall";
            /** @enum {string} */
            severity: "low" | "medium" | "high";
            /** @enum {string} */
            state: "open" | "archived" | "escalated";
            title: string;
            /** @description what happened, why it is unusual, what to do */
            explanation: string;
            source?: string;
            destination?: string;
            count: number;
            /** Format: date-time */
            first: string;
            /** Format: date-time */
            last: string;
            /** @description its messages in the filter language */
            filter: string;
            movedBy?: string;
            /** Format: date-time */
            movedAt?: string;
            note?: string;
        };
        AlertMove: {
            /** @enum {string} */
            state: "open" | "archived" | "escalated";
            note?: string;
        };
        Verification: {
            /** @enum {string} */
            state: "never" | "running" | "intact" | "broken" | "cancelled" | "failed";
            /** @description of one that runs: how much of the journal was read, 0 to 1 */
            done?: number;
            /** Format: date-time */
            at?: string;
            entries?: number;
            checkpoints?: number;
            sentence?: string;
            findings?: string[];
            /** @description the verifier key, to keep elsewhere */
            key?: string;
        };
        SshKey: {
            id: string;
            name: string;
            /** @description such as ssh-ed25519 */
            type: string;
            /** @description SHA256:…, as OpenSSH prints it */
            fingerprint: string;
            /** Format: date-time */
            added: string;
            /** Format: date-time */
            lastUsed?: string;
        };
        NewSshKey: {
            /** @description one line of an OpenSSH public key file */
            key: string;
            /** @description missing: the comment in the key */
            name?: string;
            /** @description of the account, where it has one */
            password?: string;
        };
        /**
         * @description only reading, all that the conduit allows, or what rules in the policy's language say
         * @enum {string}
         */
        JumpAccess: "read" | "write" | "rules";
        /**
         * @description waiting for approval; refused; nobody approved in time; taken back; approved and not begun; may be connected; somebody is connected; over
         * @enum {string}
         */
        JumpState: "pending" | "denied" | "expired" | "withdrawn" | "scheduled" | "open" | "connected" | "ended";
        JumpOffers: {
            broker: components["schemas"]["JumpBroker"];
            offers: components["schemas"]["JumpOffer"][];
        };
        JumpBroker: {
            /** @description false: the settings have no `broker` */
            running: boolean;
            listen?: string;
            /** @description of its host key, SHA256:… */
            fingerprint?: string;
            /** @description why nobody can connect now, where that is so */
            sentence?: string;
        };
        JumpOffer: {
            /** @description its name in `sessions` */
            rule: string;
            targets: components["schemas"]["JumpTarget"][];
            limits: components["schemas"]["JumpLimits"];
            /** @description the person may ask for it now */
            allowed: boolean;
            /** @description why not */
            why?: string;
        };
        JumpTarget: {
            conduit: string;
            asset: string;
            zone?: string;
            protocol: string;
            port: number;
            /** @description the most that a session may do, one sentence each */
            ceiling: string[];
        };
        JumpLimits: {
            /** @description the longest */
            durationSeconds: number;
            /** @description without an operation, before it ends */
            idleSeconds?: number;
            /** @description name of the window outside which there is no session */
            window?: string;
            /** @description when it is open, such as `sat 06:00-10:00 Europe/Paris` */
            windowSentence?: string;
            /**
             * Format: date-time
             * @description the next time, where it is closed now
             */
            windowOpens?: string;
            /** @description a request that is not approved so long is over */
            withinSeconds: number;
            /** @description how many are needed */
            approvals: number;
            /** @description group of those who approve */
            by: string;
            record?: string;
        };
        JumpTargetName: {
            conduit: string;
            asset: string;
        };
        JumpRequest: {
            rule: string;
            targets: components["schemas"]["JumpTargetName"][];
            access: components["schemas"]["JumpAccess"];
            /** @description YAML list of allows, only with access `rules` and targets of one conduit */
            rules?: string;
            /** @description needed by a request; not by a preview */
            reason?: string;
            ticket?: string;
            /**
             * Format: date-time
             * @description missing: at approval, or when the rule's window opens next
             */
            start?: string;
            /** @description missing: the longest that the rule allows */
            durationSeconds?: number;
        };
        JumpPreview: {
            /** @description it can be asked for */
            usable: boolean;
            problems: components["schemas"]["Problem"][];
            targets: components["schemas"]["JumpPermissions"][];
            /** @description when and for how long */
            sentence?: string;
            /**
             * Format: date-time
             * @description where it were approved now
             */
            starts?: string;
            /** Format: date-time */
            ends?: string;
            limits?: components["schemas"]["JumpLimits"];
        };
        JumpPermissions: {
            conduit: string;
            asset: string;
            protocol: string;
            port: number;
            /** @description what it can do, one sentence each */
            may: string[];
            /** @description what it can not do although somebody may expect it */
            mayNot: string[];
        };
        /** @description What is missing stays as it was asked for. Several approvals together give the least of them. */
        JumpApproval: {
            /** @description only these */
            targets?: components["schemas"]["JumpTargetName"][];
            access?: components["schemas"]["JumpAccess"];
            rules?: string;
            durationSeconds?: number;
            /**
             * Format: date-time
             * @description not before
             */
            start?: string;
            note?: string;
        };
        JumpNote: {
            note?: string;
        };
        JumpAccessChange: {
            access: components["schemas"]["JumpAccess"];
            note?: string;
        };
        JumpEnded: {
            ended: number;
        };
        JumpSession: {
            /** @description such as acme-7f3c; also the login at the gateway */
            id: string;
            rule: string;
            person: components["schemas"]["UserId"];
            personName?: string;
            state: components["schemas"]["JumpState"];
            /** @description how it stands, for people */
            sentence: string;
            /** @description what it may do now; before approval, what was asked for */
            targets: components["schemas"]["JumpPermissions"][];
            access: components["schemas"]["JumpAccess"];
            approvedAccess?: components["schemas"]["JumpAccess"];
            asked: components["schemas"]["JumpRequest"];
            reason?: string;
            ticket?: string;
            /** Format: date-time */
            requestedAt: string;
            /**
             * Format: date-time
             * @description of a pending one
             */
            approveUntil?: string;
            /**
             * Format: date-time
             * @description once approved
             */
            starts?: string;
            /**
             * Format: date-time
             * @description at the latest; once approved
             */
            ends?: string;
            /** @description 80 % of the time is over */
            warning: boolean;
            approvals: components["schemas"]["JumpApprovalGiven"][];
            /** @description in all */
            approvalsNeeded: number;
            end?: components["schemas"]["JumpEnd"];
            /** @description why it cannot be used although it is open, such as a firewall that does not answer */
            trouble?: string;
            connections: components["schemas"]["JumpConnection"][];
            operations: components["schemas"]["JumpOperations"];
            /** @description what the person who asks may do with it now */
            may: ("approve" | "deny" | "withdraw" | "connect" | "step-up" | "step-down" | "end")[];
            /** @description its operations in the filter language of traffic, such as `session:9f2c41d07a3be815,acme-7f3c` (its grants and itself) */
            filter: string;
        };
        JumpApprovalGiven: {
            who: components["schemas"]["UserId"];
            /** Format: date-time */
            at: string;
            /** @description to less than was asked for */
            narrowed: boolean;
            access?: components["schemas"]["JumpAccess"];
            durationSeconds?: number;
            note?: string;
        };
        JumpEnd: {
            /** Format: date-time */
            at: string;
            /** @enum {string} */
            why: "denied" | "expired" | "withdrawn" | "time" | "idle" | "window" | "revoked" | "left" | "eligibility" | "policy" | "firewall" | "all";
            /** @description person, where one did it */
            who?: string;
            note?: string;
            sentence: string;
        };
        JumpConnection: {
            id: string;
            /** @description address of the person's computer */
            from: string;
            /** Format: date-time */
            since: string;
            /** Format: date-time */
            until?: string;
            /** @enum {string} */
            by: "password" | "key";
            /** @description targets that are connected through it now */
            doors?: string[];
        };
        JumpOperations: {
            allowed: number;
            refused: number;
            /** @description of the allowed ones, those that change the device, as far as the journal is indexed */
            writes: number;
            /** Format: date-time */
            lastAt?: string;
        };
        JumpCommand: {
            login: string;
            host: string;
            port: number;
            /** @description works once; the command asks for it */
            password: string;
            /**
             * Format: date-time
             * @description of the password
             */
            expires: string;
            /** @description one line for a terminal */
            command: string;
            /** @description the same as a .cmd file for Windows */
            file: string;
            fileName: string;
            /** @description of the gateway's host key; the first connection shows it */
            fingerprint: string;
            /** @description lines for the hosts file, where a protocol wants its own name */
            hosts: string[];
            doors: components["schemas"]["JumpDoor"][];
            notes: string[];
        };
        JumpDoor: {
            asset: string;
            protocol: string;
            /** @description what the engineer's tool connects to */
            localAddress: string;
            localPort: number;
            /** @description of the asset */
            port: number;
        };
        Settings: {
            listen: string;
            certificate: {
                fingerprint: string;
                /** Format: date-time */
                notAfter: string;
                generated: boolean;
                names?: string[];
            };
            /** @description sqlite or postgresql, and where */
            database: string;
            controlSocket?: string;
            journal?: string;
            /** @description folder of this server */
            data?: string;
            /** @description a session ends so long after its last request, such as 30min */
            sessionIdle?: string;
            sessionLongest?: string;
            /** @description bytes */
            largestCapture?: number;
            /** @description /metrics is served to who has the token */
            metrics?: boolean;
            /** @description from when on something is unusual, as in the settings file */
            alerts?: {
                key: string;
                value: string;
                /** @description it is the default */
                standard: boolean;
            }[];
            oidc?: {
                issuer?: string;
                client?: string;
                name?: string;
                groupClaim?: string;
                groups?: {
                    group: string;
                    roles: string[];
                }[];
            };
            totpDemanded?: boolean;
            exports: components["schemas"]["Export"][];
            activeIdentification?: boolean;
        };
        Export: {
            name: string;
            /** @enum {string} */
            kind: "syslog" | "cef" | "eve-file" | "otlp" | "kafka";
            target?: string;
            filter?: string;
            /** @enum {string} */
            state: "working" | "waiting" | "off";
            sent: number;
            lost: number;
            trouble?: string;
        };
    };
    responses: {
        /** @description Not served: why */
        Refused: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Refusal"];
            };
        };
    };
    parameters: {
        Id: string;
        Number: number;
        User: components["schemas"]["UserId"];
        /** @description filter language, such as `proto:modbus do:write -user:alice` */
        Filter: string;
        Since: string;
        Until: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getSetup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Whether */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Setup"];
                };
            };
        };
    };
    setUp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetupRequest"];
            };
        };
        responses: {
            /** @description The account is made and signed in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    getSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
        };
    };
    signIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Credentials"];
            };
        };
        responses: {
            /** @description Signed in, or the code is needed (`codeNeeded`) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ended */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Refused"];
        };
    };
    signInWithCode: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Code"];
            };
        };
        responses: {
            /** @description Signed in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    signInByProvider: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description To the provider */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Refused"];
        };
    };
    signedInByProvider: {
        parameters: {
            query?: {
                code?: string;
                state?: string;
                error?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Signed in */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Refused"];
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordChange"];
            };
        };
        responses: {
            /** @description Changed */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Refused"];
        };
    };
    confirmTotp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Code"];
            };
        };
        responses: {
            /** @description Codes for the day the phone is lost */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    beginTotp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordOnly"];
            };
        };
        responses: {
            /** @description The secret */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TotpSecret"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    removeTotp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordOnly"];
            };
        };
        responses: {
            /** @description Removed */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Refused"];
        };
    };
    listOwnSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Sessions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnSession"][];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    endOwnSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ended */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Refused"];
        };
    };
    setPreferences: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Preferences"];
            };
        };
        responses: {
            /** @description Kept */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Refused"];
        };
    };
    listOwnKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Keys */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SshKey"][];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    addOwnKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewSshKey"];
            };
        };
        responses: {
            /** @description Added */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SshKey"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    removeOwnKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Removed */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Refused"];
        };
    };
    listUsers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accounts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"][];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    addUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewUser"];
            };
        };
        responses: {
            /** @description Made */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OneTimeLink"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    changeUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: components["parameters"]["User"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserChange"];
            };
        };
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    removeUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: components["parameters"]["User"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Removed; the journal keeps its name */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Refused"];
        };
    };
    makePasswordLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: components["parameters"]["User"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The link */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OneTimeLink"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    setPasswordByLink: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordByLink"];
            };
        };
        responses: {
            /** @description Set; sign in now */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Refused"];
        };
    };
    getStatus: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Status */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Status"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    getMap: {
        parameters: {
            query?: {
                since?: components["parameters"]["Since"];
                until?: components["parameters"]["Until"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The map */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ZoneMap"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    getSeries: {
        parameters: {
            query?: {
                seconds?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Points */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Series"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    followLive: {
        parameters: {
            query?: {
                /** @description filter language, such as `proto:modbus do:write -user:alice` */
                filter?: components["parameters"]["Filter"];
                /** @description comma-separated: events, status, alerts, points */
                streams?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The stream */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    listEvents: {
        parameters: {
            query?: {
                /** @description filter language, such as `proto:modbus do:write -user:alice` */
                filter?: components["parameters"]["Filter"];
                since?: components["parameters"]["Since"];
                until?: components["parameters"]["Until"];
                /** @description only events with a smaller id */
                before?: number;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventPage"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    countEventsByTime: {
        parameters: {
            query?: {
                /** @description filter language, such as `proto:modbus do:write -user:alice` */
                filter?: components["parameters"]["Filter"];
                since?: components["parameters"]["Since"];
                until?: components["parameters"]["Until"];
                buckets?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Counts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Histogram"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    countEventsByField: {
        parameters: {
            query: {
                /** @description filter language, such as `proto:modbus do:write -user:alice` */
                filter?: components["parameters"]["Filter"];
                since?: components["parameters"]["Since"];
                until?: components["parameters"]["Until"];
                /** @description a key of the filter language */
                field: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Counts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Facet"][];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    getEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["Number"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The event */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventDetail"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    explainEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["Number"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The explanation */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Explanation"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    proposeRule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["Number"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The rule and the policy with it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RuleProposal"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    checkFilter: {
        parameters: {
            query?: {
                /** @description filter language, such as `proto:modbus do:write -user:alice` */
                filter?: components["parameters"]["Filter"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its canonical form and problems */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FilterCheck"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    completeFilter: {
        parameters: {
            query?: {
                key?: string;
                start?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Words */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Word"][];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    getPolicy: {
        parameters: {
            query?: {
                /** @description active, pending, or a hash */
                which?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its text and what is known of it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyText"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    listPolicyHistory: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was in force when, latest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyChange"][];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    getPolicySchema: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The schema */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    checkPolicy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PolicyDraft"];
            };
        };
        responses: {
            /** @description Problems with positions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyCheck"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    diffPolicy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PolicyDraft"];
            };
        };
        responses: {
            /** @description The difference of effective permissions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyDiff"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    getDraft: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The draft; `yaml` is missing where there is none */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StagedDraft"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    stageDraft: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PolicyDraft"];
            };
        };
        responses: {
            /** @description Staged */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Refused"];
        };
    };
    dropDraft: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Dropped */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Refused"];
        };
    };
    applyPolicy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PolicyApply"];
            };
        };
        responses: {
            /** @description In force, pending */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyApplied"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    confirmPolicy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PolicyHash"];
            };
        };
        responses: {
            /** @description The policy that is active now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyInfo"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    rollBackPolicy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The policy that is active now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyInfo"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    listCaptures: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Captures that were uploaded */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Capture"][];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    uploadCapture: {
        parameters: {
            query: {
                name: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Taken */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Capture"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    removeCapture: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Removed */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Refused"];
        };
    };
    saveExpectation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PolicyDraft"];
            };
        };
        responses: {
            /** @description Expectations */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/yaml": string;
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    startReplay: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReplayRequest"];
            };
        };
        responses: {
            /** @description Begun */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayJob"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    getReplay: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How far it is, and once done what came of it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayJob"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    cancelReplay: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ended */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Refused"];
        };
    };
    listReplayMessages: {
        parameters: {
            query?: {
                only?: "all" | "denied" | "changed";
                conduit?: string;
                offset?: number;
                limit?: number;
            };
            header?: never;
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Messages in the order of the capture */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayMessages"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    getReplayReport: {
        parameters: {
            query?: {
                language?: "en" | "de";
            };
            header?: never;
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    listAssets: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Everything that was seen or is named in the policy */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssetList"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    exportAssets: {
        parameters: {
            query?: {
                format?: "csv" | "json";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The inventory as a file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                    "application/json": Record<string, never>;
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    getAsset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One asset with all that it used */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Asset"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    annotateAsset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AssetNote"];
            };
        };
        responses: {
            /** @description Kept */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Refused"];
        };
    };
    identifyAsset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What it said */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Identification"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    listRelations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Relations */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Relation"][];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    listAlerts: {
        parameters: {
            query?: {
                state?: "open" | "archived" | "escalated" | "all";
                /** @description `last`: latest first; `severity`: gravest first, of those the latest */
                order?: "last" | "severity";
                /** @description How many at most */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Alerts in that order */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Alert"][];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    moveAlert: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AlertMove"];
            };
        };
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Alert"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    getVerification: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its state */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Verification"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    verifyJournal: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Begun */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Verification"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    cancelVerification: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its state; it ends within moments */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Verification"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    proveEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["Number"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The proof */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    listJumpTargets: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Offers */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JumpOffers"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    previewJumpSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JumpRequest"];
            };
        };
        responses: {
            /** @description The preview */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JumpPreview"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    listJumpSessions: {
        parameters: {
            query?: {
                /** @description also those that are over: denied, expired, withdrawn, ended */
                over?: boolean;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Sessions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JumpSession"][];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    requestJumpSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JumpRequest"];
            };
        };
        responses: {
            /** @description Asked for */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JumpSession"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    getJumpSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JumpSession"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    approveJumpSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JumpApproval"];
            };
        };
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JumpSession"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    denyJumpSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JumpNote"];
            };
        };
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JumpSession"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    withdrawJumpSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JumpSession"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    connectJumpSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The command */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JumpCommand"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    changeJumpAccess: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JumpAccessChange"];
            };
        };
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JumpSession"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    endJumpSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JumpNote"];
            };
        };
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JumpSession"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    endAllJumpSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JumpNote"];
            };
        };
        responses: {
            /** @description How many */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JumpEnded"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    getSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Settings */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Settings"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    getContract: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/yaml": string;
                };
            };
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Metrics */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            default: components["responses"]["Refused"];
        };
    };
}
