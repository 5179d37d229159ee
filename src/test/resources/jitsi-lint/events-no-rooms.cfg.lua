-- trap
Component "esync.meet.jitsi" "event_sync_component"
    breakout_component = "breakout.meet.jitsi"
    api_prefix = "http://127.0.0.1:8080/jitsi"
    api_headers = { ["Authorization"] = "Bearer x" }
