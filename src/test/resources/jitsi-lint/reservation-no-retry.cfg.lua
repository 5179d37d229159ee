VirtualHost "meet.example.gov.vn"
    modules_enabled = { "reservations" }
    reservations_api_prefix = "http://127.0.0.1:8080/jitsi/reservation"
    reservations_api_headers = { ["Authorization"] = "Bearer x" }
    -- trap
    reservations_api_retry_count = 0
