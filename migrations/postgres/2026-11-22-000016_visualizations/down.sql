DROP TABLE visualization_images;
DROP TABLE visualization_shares;
DROP TABLE visualization_versions;
DROP TABLE visualizations;
