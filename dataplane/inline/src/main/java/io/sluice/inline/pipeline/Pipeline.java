package io.sluice.inline.pipeline;

import io.sluice.inline.Counters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The threads that carry frames, in one of two shapes. */
interface Pipeline {
    /** Starts to carry frames. */
    void start();

    /** In a few words, for people. */
    String shape();

    /** All judges, each of its own thread. */
    List<Judge> judges();

    /** What receiving threads counted. */
    PortTallies received();

    /** Rings between receiving and judging threads. */
    List<Counters.Ring> rings();

    /** Has something done by each judge on its own thread, and returns when all have. */
    void ask(JudgeErrand errand);

    /** Has something done on the receiving thread, which owns bridge and ports, and returns when it is. */
    void askReceiver(Runnable errand);

    /** Interfaces were opened anew: the receiving thread waits on those from now on. */
    void portsChanged();

    /** Belongs to the receiving thread. */
    Bridge bridge();

    /** Why a thread ended that should not have, or null. */
    @Nullable
    Throwable failure();

    /** Ends the threads; frames that were received are judged before. */
    void stop();

    /** Something to be done by a judge. */
    @FunctionalInterface
    interface JudgeErrand {
        void run(Judge judge);
    }
}
