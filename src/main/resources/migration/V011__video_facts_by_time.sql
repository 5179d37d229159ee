-- Every half minute it is asked of which rooms something was told lately.
CREATE INDEX video_fact_lately ON video_fact (at);
