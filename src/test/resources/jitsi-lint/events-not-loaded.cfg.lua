-- trap
Component "esync.meet.jitsi" "event_sync_component"
    muc_component = "muc.meet.jitsi"
    api_prefix = "http://127.0.0.1:8080/jitsi"
    api_headers = { ["Authorization"] = "Bearer x" }

Component "breakout.meet.jitsi" "muc"
    -- Another component's option is not this one's.
    breakout_component = "breakout.meet.jitsi"
