-- What Prosody needs for Giao Ban beyond its image's own variables. The image copies this directory into its
-- configuration at each start; the modules lie in it already (prosody-plugins-contrib).

-- Who comes and goes: POST …/events/{room,occupant}/…, JSON. An event that could not be sent three times is dropped for
-- good, so our nodes also compare (muc_size, muc_census). Duplicates, late ones and another order do no harm there.
Component "esync.meet.jitsi" "event_sync_component"
    muc_component = "muc.meet.jitsi"
    -- Must be named even where there are no breakout rooms: otherwise the module does not load.
    breakout_component = "breakout.meet.jitsi"
    api_prefix = "http://giaoban:8080/jitsi"
    api_headers = { ["Authorization"] = "Bearer " .. (ENV_JITSI_EVENTS_SECRET or "") }
    api_timeout = 10
    api_retry_count = 3
    api_retry_delay = 1

-- Orders by our system token: remove a participant, a message to one. A host of its own, so that they work whatever the
-- logins' algorithm is. Ending a meeting is a global module and goes by the logins' (RS256, JWT_ASAP_KEYSERVER).
VirtualHost "system.meet.jitsi"
    authentication = "token"
    app_id = "giaoban-system"
    asap_key_server = "http://giaoban:8080/asap/system"
    asap_accepted_issuers = { "giaoban-system" }
    asap_accepted_audiences = { "jitsi" }
    enable_domain_verification = true
    modules_enabled = {
        "muc_kick_participant";
        "system_chat_message";
    }
