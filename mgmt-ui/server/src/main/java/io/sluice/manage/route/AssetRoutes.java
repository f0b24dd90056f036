package io.sluice.manage.route;

import io.sluice.manage.Diary;
import io.sluice.manage.Refused;
import io.sluice.manage.alerts.Watch;
import io.sluice.manage.assets.Asset;
import io.sluice.manage.assets.AssetNote;
import io.sluice.manage.assets.Identification;
import io.sluice.manage.assets.InventoryExport;
import io.sluice.manage.assets.NamedAssets;
import io.sluice.manage.assets.Relation;
import io.sluice.manage.assets.Vendors;
import io.sluice.manage.http.Answer;
import io.sluice.manage.http.Call;
import io.sluice.manage.http.Json;
import io.sluice.manage.http.Operations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is in the network, who talks to whom, and what people say of it. */
public final class AssetRoutes implements Operations.Part {
    private final Watch watch;
    private final Supplier<NamedAssets> names;
    private final Identifier identifier;
    private final Diary diary;
    private final Vendors vendors;

    /** Asks a device who it is. */
    @FunctionalInterface
    interface Identifier {
        Identification ask(Asset asset, NamedAssets names) throws Refused;
    }

    AssetRoutes(Watch watch, Supplier<NamedAssets> names, Identifier identifier, Vendors vendors, Diary diary) {
        this.vendors = vendors;
        this.watch = watch;
        this.names = names;
        this.identifier = identifier;
        this.diary = diary;
    }

    @Override
    public void register(Operations operations) {
        operations.on("listAssets", _ -> list()).on("exportAssets", this::export)
                .on("getAsset", call -> Answer.ok(AssetView.of(find(call.text("id")), vendors)))
                .on("annotateAsset", this::annotate)
                .on("identifyAsset", this::identify).on("listRelations", _ -> Answer.ok(
                        watch.inventory().relations(names.get()).stream().map(RelationView::of).toList()));
    }

    private record UseView(String protocol, String does, String role, long count, String lastSeen) {}

    private record IdentificationView(String how, @Nullable String at, Map<String, String> values) {
        static IdentificationView of(Identification i) {
            return new IdentificationView(i.how().word(), time(i.at()), i.values());
        }
    }

    private record AssetView(String id, @Nullable String name, @Nullable String zone, List<String> addresses,
            List<String> macs, @Nullable String vendor, List<String> protocols, List<String> roles, List<UseView> uses,
            @Nullable IdentificationView identification, @Nullable String firstSeen, @Nullable String lastSeen,
            boolean known, @Nullable String group, @Nullable String note) {
        static AssetView of(Asset a, Vendors vendors) {
            return new AssetView(a.id(), some(a.name()), some(a.zone()), a.addresses(), a.macs(), some(vendors.of(a)),
                    a.protocols(),
                    a.roles().stream().map(AssetView::word).toList(),
                    a.uses().stream().map(u -> new UseView(u.protocol(), u.does(), word(u.role()), u.count(),
                            Json.time(u.lastSeen()))).toList(),
                    a.identification().known() ? IdentificationView.of(a.identification()) : null, time(a.firstSeen()),
                    time(a.lastSeen()), a.known(), some(a.group()), some(a.note()));
        }

        private static String word(Enum<?> value) {
            return value.name().toLowerCase(Locale.ROOT);
        }
    }

    private record RelationView(String source, String destination, String protocol, @Nullable String conduit,
            List<String> functions, long messages, long denied, String firstSeen, String lastSeen) {
        static RelationView of(Relation r) {
            return new RelationView(r.source(), r.destination(), r.protocol(), some(r.conduit()), r.functions(),
                    r.messages(), r.denied(), Json.time(r.firstSeen()), Json.time(r.lastSeen()));
        }
    }

    private record ListView(List<AssetView> assets, long leftOut) {}

    private Answer list() {
        return Answer.ok(
                new ListView(watch.inventory().assets(names.get()).stream().map(a -> AssetView.of(a, vendors)).toList(),
                        watch.inventory().devicesLeftOut()));
    }

    private Answer export(Call call) {
        NamedAssets now = names.get();
        List<Asset> assets = watch.inventory().assets(now);
        return call.text("format").equals("json")
                ? Answer.file("application/json", "assets.json",
                        bytes(InventoryExport.json(assets, watch.inventory().relations(now))))
                : Answer.file("text/csv; charset=utf-8", "assets.csv", bytes(InventoryExport.csv(assets)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Asset find(String id) throws Refused {
        return watch.inventory().assets(names.get()).stream().filter(a -> a.id().equals(id)).findFirst()
                .orElseThrow(() -> Refused.notFound("there is no asset `" + id + "`"));
    }

    private record NoteRequest(@Nullable String group, @Nullable String note, @Nullable Boolean known) {}

    private Answer annotate(Call call) throws Refused {
        Asset asset = find(call.text("id"));
        NoteRequest wanted = call.body(NoteRequest.class);
        AssetNote note = new AssetNote(or(wanted.group(), asset.group()), or(wanted.note(), asset.note()),
                or(wanted.known(), asset.known() && asset.name().isEmpty()));
        keep(w -> w.annotate(asset.id(), note));
        diary.note("asset-annotated", call.who(), Map.of("asset", asset.id(), "group", note.group()));
        return Answer.done();
    }

    private void keep(java.util.function.Consumer<io.sluice.manage.assets.Inventory> change) throws Refused {
        try {
            watch.change(change);
        } catch (IOException e) {
            throw Refused.of(507, "not-written", "this cannot be written: " + e.getMessage() + "; is the disk full?");
        }
    }

    private Answer identify(Call call) throws Refused {
        Asset asset = find(call.text("id"));
        diary.note("asset-asked", call.who(), Map.of("asset", asset.id()));
        Identification said = identifier.ask(asset, names.get());
        Instant at = said.at();
        keep(i -> asset.addresses()
                .forEach(a -> i.identified(a, said, at == null ? -1 : at.toEpochMilli() * 1000)));
        return Answer.ok(IdentificationView.of(said));
    }

    private static <T> T or(@Nullable T value, T standard) {
        return value == null ? standard : value;
    }

    private static @Nullable String some(String text) {
        return text.isEmpty() ? null : text;
    }

    private static @Nullable String time(@Nullable Instant at) {
        Function<Instant, String> text = Json::time;
        return at == null ? null : text.apply(at);
    }
}
