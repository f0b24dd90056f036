package io.sluice.manage.route;

import io.sluice.manage.Refused;
import io.sluice.manage.http.Answer;
import io.sluice.manage.http.Call;
import io.sluice.manage.http.Operations;
import io.sluice.manage.identity.OwnAccount;
import io.sluice.manage.jump.OwnKeys;
import io.sluice.manage.route.JumpViews.KeyView;
import org.jspecify.annotations.Nullable;

/** Own SSH public keys. */
final class KeyRoutes implements Operations.Part {
    private final OwnKeys keys;
    private final OwnAccount own;

    KeyRoutes(OwnKeys keys, OwnAccount own) {
        this.keys = keys;
        this.own = own;
    }

    @Override
    public void register(Operations operations) {
        operations.on("listOwnKeys", call -> Answer.ok(keys.of(call.who()).stream().map(KeyView::of).toList()))
                .on("addOwnKey", this::add).on("removeOwnKey", this::remove);
    }

    private record NewKey(String key, @Nullable String name, @Nullable String password) {}

    private Answer add(Call call) throws Refused {
        NewKey wanted = call.body(NewKey.class);
        if (call.session().account().password().isPresent()) {
            own.requirePassword(call.session(), wanted.password() == null ? "" : wanted.password(), call.from());
        }
        return Answer.made(201, KeyView.of(keys.add(call.who(), wanted.key(),
                wanted.name() == null ? "" : wanted.name(), call.from().address())));
    }

    private Answer remove(Call call) throws Refused {
        keys.remove(call.who(), call.text("id"), call.from().address());
        return Answer.done();
    }
}
