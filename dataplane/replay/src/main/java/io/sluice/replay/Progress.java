package io.sluice.replay;

/** Hears how far a long run is. Called every few ten thousand packets; must be cheap. */
public interface Progress {
    Progress NONE = (packets, position, size) -> {
    };

    /**
     * The run is here now.
     *
     * @param packets read so far, over all captures
     * @param position bytes read of the present capture, or -1
     * @param size bytes of the present capture, or -1
     */
    void at(long packets, long position, long size);
}
