package io.sluice.manage.assets;

/**
 * What somebody said of an asset.
 *
 * @param group empty: none
 * @param known it belongs here, although the policy does not name it
 */
public record AssetNote(String group, String note, boolean known) {
    public static final AssetNote NONE = new AssetNote("", "", false);
}
