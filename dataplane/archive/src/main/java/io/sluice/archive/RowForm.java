package io.sluice.archive;

/** How rows are written. */
public enum RowForm {
    JSON(true, false),
    PARQUET(false, true),
    BOTH(true, true);

    private final boolean json;
    private final boolean parquet;

    RowForm(boolean json, boolean parquet) {
        this.json = json;
        this.parquet = parquet;
    }

    public boolean json() {
        return json;
    }

    public boolean parquet() {
        return parquet;
    }
}
